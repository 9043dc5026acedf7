import { invariant } from '../base/assert.js';

/** Where each attribute of a layout stands in a row. */
export type AttributePlaces = ReadonlyMap<string, number>;

export function placesOf(layout: readonly string[]): AttributePlaces {
  return new Map(layout.map((attribute, place) => [attribute, place]));
}

/** The place of an attribute that the layout was made for. */
export function placeOf(places: AttributePlaces, attribute: string): number {
  const place = places.get(attribute);
  invariant(place !== undefined, `the attribute layout has ${attribute}`);
  return place;
}
