import { Type } from '@sinclair/typebox';

/** The wire shapes of the catalogue's addresses. */

export const PublishedVersion = Type.Object(
  { name: Type.String(), version: Type.Integer({ description: 'counts from 1 and never changes' }) },
  { $id: 'PublishedVersion' },
);

export const ForeseenVersion = Type.Object(
  {
    version: Type.Integer({
      description:
        'what publishing the document would answer now; the newest version, when it is that already',
    }),
  },
  { $id: 'ForeseenVersion' },
);

export const StoredVersion = Type.Object(
  {
    name: Type.String(),
    version: Type.Integer(),
    document: Type.Unknown({ description: 'as it was published' }),
  },
  { $id: 'StoredVersion' },
);

export const VersionList = Type.Object(
  {
    versions: Type.Array(Type.Omit(PublishedVersion, []), { description: 'the newest version of each name' }),
    next: Type.Optional(Type.String({ description: 'there when names follow: give it as `after`' })),
  },
  { $id: 'VersionList' },
);
