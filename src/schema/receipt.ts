import { type Static, Type } from '@sinclair/typebox';

const Hash = (description: string) => Type.String({ description: `${description}; SHA-256, 64 hex digits` });
const Proof = (description: string) => Type.Array(Hash('RFC 6962'), { description });

const CanonicalText = (description: string) =>
  Type.String({
    description: `${description}; canonical JSON, as text, because its bytes are what is hashed`,
  });

/** Another record of the same round. */
const OtherRecord = Type.Object({
  id: Type.String(),
  compared: Type.Boolean({ description: 'as above, for this record' }),
});

/** There when a receipt was asked for by the id of a round. */
const RoundOfReceipt = Type.Object({
  id: Type.String(),
  compared: Type.Boolean({
    description:
      'whether the record names this round; false where only its hash is kept, and eight bytes of the hash of the id found it',
  }),
  others: Type.Array(OtherRecord, { description: 'its older records, newest first' }),
  hasMore: Type.Optional(Type.Boolean({ description: 'there when not all of them are listed' })),
});

/** Everything that shows one record to be in the signed log of its node. */
export const Receipt = Type.Object(
  {
    id: Type.String({ description: 'of the record' }),
    record: Type.Optional(CanonicalText('the record; absent where only its hash is kept')),
    recordHash: Hash('leaf hash of the record'),
    header: CanonicalText('header of its block'),
    recordProof: Proof('inclusion of the record in the block'),
    checkpoint: Type.String({ description: 'signed note over the log up to this block' }),
    headerProof: Proof('inclusion of the header in the checkpoint, as its newest leaf'),
    publicKey: Type.String({ description: 'Ed25519 key of the node, 64 hex digits' }),
    birth: Type.Object(
      {
        record: CanonicalText('the first record of the log, which names the key'),
        header: CanonicalText('header of block 0, which has this record only'),
        headerProof: Proof('inclusion of that header in the same checkpoint, as its oldest leaf'),
      },
      { description: 'where the key comes from' },
    ),
    round: Type.Optional(RoundOfReceipt),
  },
  { $id: 'Receipt' },
);

export type Receipt = Static<typeof Receipt>;
export type RoundOfReceipt = Static<typeof RoundOfReceipt>;
