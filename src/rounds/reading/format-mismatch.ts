import { FORMATS } from '../../auction/formats/by-name.js';
import type { Format } from '../../auction/formats/format.js';
import { type Refusal, refuse } from '../../base/errors.js';
import { toMicros } from '../../base/money.js';
import type { LotRequest, RoundRequest } from '../../schema/round.js';

/** The first feature of the round that its format does not have: a profile, several units, slots, deals. */
export function formatMismatch(request: RoundRequest): Refusal | undefined {
  const format = FORMATS[request.format];
  if (request.profile !== undefined && !format.takesProfiles)
    return mismatch(format, 'rank by a profile', '/profile');
  for (const [index, lot] of request.lots.entries()) {
    const refusal = lotMismatch(lot, format, `/lots/${index}`);
    if (refusal !== undefined) return refusal;
  }
  for (const [index, bid] of request.bids.entries()) {
    if (format.sells !== 'units' && several(bid.quantity))
      return mismatch(format, 'sell several units', `/bids/${index}/quantity`);
    if (!format.takesDeals && bid.deal !== undefined)
      return mismatch(format, 'take deals', `/bids/${index}/deal`);
  }
  return undefined;
}

function lotMismatch(lot: LotRequest, format: Format, path: string): Refusal | undefined {
  if (format.sells !== 'units' && several(lot.quantity))
    return mismatch(format, 'sell several units', `${path}/quantity`);
  if (format.sells !== 'slots' && lot.slots !== undefined && !isDefaultSlots(lot.slots)) {
    return mismatch(format, 'sell slots', `${path}/slots`);
  }
  if (!format.takesDeals && (lot.deals?.length ?? 0) > 0)
    return mismatch(format, 'take deals', `${path}/deals`);
  return misfitSlots(lot, path) ?? dealMismatch(lot, path);
}

/** A deal priced by the runner-up or by its floor has no rule for several units. */
function dealMismatch(lot: LotRequest, path: string): Refusal | undefined {
  if (!several(lot.quantity)) return undefined;
  const at = (lot.deals ?? []).findIndex(
    ({ format }) => format !== undefined && FORMATS[format].sells !== 'units',
  );
  if (at === -1) return undefined;
  return refuse(
    'FORMAT_MISMATCH',
    `A lot of several units cannot offer a ${lot.deals![at]!.format!} deal.`,
    `${path}/deals/${at}/format`,
  );
}

/** Weights count in millionths: one that rounds to none of them could divide no price. */
function misfitSlots({ slots = [] }: LotRequest, path: string): Refusal | undefined {
  for (const [index, weight] of slots.entries()) {
    const fault =
      toMicros(weight) === 0
        ? 'The weight of a slot must be at least a millionth.'
        : index > 0 && weight > slots[index - 1]!
          ? 'The weight of a slot must not be higher than the one before it.'
          : undefined;
    if (fault !== undefined) return refuse('INVALID_ROUND', fault, `${path}/slots/${index}`);
  }
  return undefined;
}

function several(quantity = 1): boolean {
  return quantity > 1;
}

/** The default spelled out asks for nothing. */
function isDefaultSlots(slots: readonly number[]): boolean {
  return slots.length === 1 && slots[0] === 1;
}

function mismatch(
  format: Format,
  feature: 'rank by a profile' | 'sell several units' | 'sell slots' | 'take deals',
  path: string,
): Refusal {
  return refuse('FORMAT_MISMATCH', `A ${format.name} round cannot ${feature}.`, path);
}
