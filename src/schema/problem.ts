import { type Static, Type } from '@sinclair/typebox';

/** The one error envelope of every route. */
export const Problem = Type.Object(
  {
    code: Type.String({ description: 'UPPER_SNAKE, one of the error table' }),
    message: Type.String({ description: 'what is wrong, for a person' }),
    path: Type.Optional(Type.String({ description: 'JSON pointer to the field that is wrong' })),
    requestId: Type.String({ description: 'finds the request in the log' }),
  },
  { $id: 'Problem' },
);

export type Problem = Static<typeof Problem>;
