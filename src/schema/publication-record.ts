import { type Static, Type } from '@sinclair/typebox';
import { CATALOGUE_KINDS, CATALOGUE_NAME_PATTERN } from './catalogue.js';

/** The record of a policy or profile that was published, and the tables of a profile in it. */

const Term = {
  weightNanos: Type.Integer(),
  table: Type.Object({ inputs: Type.Array(Type.Integer()), nanos: Type.Array(Type.Integer()) }),
};
const AttributeTerm = Type.Object({
  ...Term,
  name: Type.String(),
  missingNanos: Type.Union([Type.Integer(), Type.Null()]),
});

export const CompiledSource = Type.Object({
  compiled: Type.Object({
    tables: Type.Literal(1),
    price: Type.Optional(Type.Object(Term)),
    attributes: Type.Array(AttributeTerm),
    risk: Type.Optional(AttributeTerm),
  }),
  source: Type.Unknown(),
});

export const PublicationRecord = Type.Object({
  at: Type.Integer({ description: 'milliseconds since the epoch' }),
  document: Type.Unknown(),
  kind: Type.Union(CATALOGUE_KINDS.map((kind) => Type.Literal(kind))),
  name: Type.String({ pattern: CATALOGUE_NAME_PATTERN }),
  number: Type.Integer({ minimum: 1, description: 'version of the document' }),
  version: Type.Literal(1, { description: 'of the form of the record' }),
});

export type PublicationRecord = Static<typeof PublicationRecord>;
