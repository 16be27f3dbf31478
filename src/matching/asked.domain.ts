import { youngestAge } from '../kernel/age.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { MatchingFacts } from '../children/children.queries.js';
import type { ChildFacts } from '../placements/suitability.domain.js';
import type { AskedGroup } from './ranking.domain.js';

/** Brothers and sisters whom a list takes in with the child: those seen who do not wish otherwise and have no family yet. */
export function together(child: MatchingFacts, housed: ReadonlySet<string>): string[] {
  const group = child.siblings?.children ?? [];
  if (group.find(({ childId }) => childId === child.id)?.wishTogether === false) return [];
  return group.filter(({ childId, wishTogether }) => childId !== child.id && wishTogether !== false && !housed.has(childId)).map(({ childId }) => childId);
}

/** Where the brothers and sisters live who are not asked for here. */
export interface SiblingHome {
  readonly familyId: string;
  /** Null where the family is not on the stand-by list. */
  readonly communeCode: string | null;
}

/**
 * The children as ranking reads them. Whom they will see: relatives with whom contact is wanted and whose place is
 * known, and siblings in families; an institution is nobody's home to be near.
 */
export function askedGroup(
  children: readonly MatchingFacts[],
  rules: readonly ChildFacts[],
  on: CivilDate,
  office: { readonly id: string; readonly area: string },
  siblings: readonly SiblingHome[],
): AskedGroup {
  const seen = children.flatMap(({ relatives }) => relatives.flatMap(({ contact, whereabouts, areaCode }) => (contact === 'wanted' && whereabouts === 'known' && areaCode !== null ? [areaCode] : [])));
  const members = Math.max(children.length, ...children.map((child) => child.siblings?.members ?? 1));
  return {
    children: children.map(({ id, birthDate, birthPrecision, languages, religion, needs }) => ({
      id, age: youngestAge({ date: birthDate, precision: birthPrecision }, on), languages: [...languages].sort(), religion, needs,
    })),
    people: unique([...seen, ...siblings.flatMap(({ communeCode }) => (communeCode === null ? [] : [communeCode]))]),
    // Nobody writes a child's school down yet.
    schoolArea: null,
    riskAreas: unique(rules.flatMap(({ risks }) => risks.flatMap(({ areaCode }) => (areaCode === null ? [] : [areaCode])))),
    siblingFamilies: siblings.map(({ familyId }) => familyId).sort(),
    siblingsElsewhere: members - children.length,
    officeId: office.id,
    officeArea: office.area,
  };
}

function unique(codes: readonly string[]): string[] {
  return [...new Set(codes)].sort();
}
