/** A place on the map in decimal degrees (WGS 84). */
export type Position = { readonly lat: number; readonly lng: number };

/** Mean radius of the earth in km (IUGG). */
const EARTH_KM = 6371.0088;

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

function check(p: Position): void {
  const good = Math.abs(p.lat) <= 90 && Math.abs(p.lng) <= 180;
  if (!good) throw new RangeError('latitude must be within 90 degrees and longitude within 180');
}

/**
 * Distance along the surface between two places, in km, rounded to 100 m (one decimal), so that
 * a list of candidates can be gathered again to the same numbers. Throws a RangeError outside the map.
 */
export function distanceKm(a: Position, b: Position): number {
  check(a);
  check(b);
  const dLat = radians(b.lat - a.lat);
  const dLng = radians(b.lng - a.lng);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLng / 2) ** 2;
  // Rounding errors may carry h a hair above 1 at the antipodes, where asin would answer NaN.
  const km = 2 * EARTH_KM * Math.asin(Math.sqrt(Math.min(1, h)));
  return Math.round(km * 10) / 10;
}
