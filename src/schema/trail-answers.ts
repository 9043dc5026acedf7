import { type Static, Type } from '@sinclair/typebox';

/** The wire shapes of the addresses under /v1/trail. */

const KnownLog = Type.Object({
  node: Type.String(),
  size: Type.Integer({ description: 'blocks of its log' }),
  firstKept: Type.Integer({
    description: 'the first block behind the birth that is kept whole; of those before only the headers are',
  }),
  isFenced: Type.Boolean({ description: 'whether the log is closed for ever' }),
  publicKey: Type.Optional(
    Type.String({ description: 'as its birth names it, 64 hex digits; absent when the birth has gone' }),
  ),
});

export const LogList = Type.Object(
  {
    nodes: Type.Array(KnownLog),
    next: Type.Optional(Type.String({ description: 'there when nodes follow: give it as `after`' })),
  },
  { $id: 'LogList' },
);

const SizedCheckpoint = Type.Object({
  size: Type.Integer({ description: 'blocks that the checkpoint covers' }),
  checkpoint: Type.String({ description: 'signed note' }),
});

export const ConsistencyAnswer = Type.Object(
  {
    node: Type.String(),
    from: Type.Omit(SizedCheckpoint, []),
    to: Type.Omit(SizedCheckpoint, []),
    proof: Type.Array(Type.String({ description: 'SHA-256, 64 hex digits' }), {
      description: 'RFC 6962: that the blocks of `from` are the first ones of `to`',
    }),
  },
  { $id: 'ConsistencyAnswer' },
);

export type KnownLog = Static<typeof KnownLog>;
export type LogList = Static<typeof LogList>;
export type ConsistencyAnswer = Static<typeof ConsistencyAnswer>;
