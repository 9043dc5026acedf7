import { Type } from '@sinclair/typebox';
import type { RoundLimits } from '../limits.js';
import { bidRequestSchema } from './bid-request.js';

const RESPONSES_MAX = 10_000;

/** The wire shape of an OpenRTB auction. Responses are read one by one: a bad one refuses nothing. */
export function clearRequestSchema(limits: RoundLimits) {
  return Type.Object(
    {
      request: bidRequestSchema(limits),
      responses: Type.Array(Type.Object({}, { description: 'an OpenRTB bid response' }), {
        maxItems: RESPONSES_MAX,
      }),
    },
    { $id: 'OpenRtbClearRequest' },
  );
}
