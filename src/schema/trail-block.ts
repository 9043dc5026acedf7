import { type Static, Type } from '@sinclair/typebox';

/** A line of an exported trail, as far as replaying needs it: engine/trail/block-line.ts writes them. */
export const TrailBlockLine = Type.Object({
  node: Type.String(),
  number: Type.Integer({ minimum: 0 }),
  retention: Type.Optional(Type.Union([Type.Literal('full'), Type.Literal('digest')])),
  body: Type.Optional(Type.String({ description: 'records, one a line; hashes in base64 with `digest`' })),
  trimmed: Type.Optional(Type.Boolean()),
});

export type TrailBlockLine = Static<typeof TrailBlockLine>;
