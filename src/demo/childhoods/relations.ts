import { asWritten, nameOf, phoneOf } from '../names.js';
import type { Sheet } from '../copy.js';
import type { Stream } from '../random.js';
import type { Household, Life } from './life.js';
import type { Pen } from './pen.js';

/** A relative of a child, as later parts of her file name her. */
export interface Relative {
  readonly id: string;
  readonly relation: string;
  readonly whereabouts: 'known' | 'unknown' | 'dead' | 'abroad';
}

type Row = Readonly<Record<'relation' | 'whereabouts', string>> & { readonly nameKm: string | null; readonly nameLatin: string | null; readonly areaCode: string | null; readonly contact: string | null };

const PARENT_STATUS: Readonly<Record<Household['parents'], { readonly mother: boolean | null; readonly father: boolean | null }>> = {
  both: { mother: true, father: true }, mother: { mother: true, father: false }, father: { mother: false, father: true }, none: { mother: false, father: false }, unknown: { mother: null, father: null },
};

/** Writes brothers and sisters, and the relatives of children with where they are. */
export class Relations {
  readonly #groups: Sheet<'id' | 'members'>;
  readonly #siblings: Sheet<'child_id' | 'group_id' | 'wish_together'>;
  readonly #relatives: Sheet<'id' | 'child_id' | 'relation' | 'name_km' | 'name_latin' | 'whereabouts' | 'area_code' | 'contact' | 'phone'>;

  constructor(private readonly pen: Pen) {
    this.#groups = pen.sheets.sheet('children.sibling_groups', ['id', 'members']);
    this.#siblings = pen.sheets.sheet('children.siblings', ['child_id', 'group_id', 'wish_together']);
    this.#relatives = pen.sheets.sheet('children.relatives', ['id', 'child_id', 'relation', 'name_km', 'name_latin', 'whereabouts', 'area_code', 'contact', 'phone']);
  }

  /** Writes the group of those who came together, and whether they wish to stay together. */
  siblings(lives: readonly Life[]): void {
    const [first] = lives;
    if (first === undefined || lives.length < 2) return;
    const random = this.pen.stream('siblings', first.child.id);
    const on = this.pen.late(first.child.registeredOn, random.between(0, 20));
    const id = random.id(on);
    this.#groups.add({ id, members: lives.length });
    const by = this.pen.serving('social_worker', first.household.institution.officeId, on, first.child.id);
    for (const { child } of lives) {
      this.#siblings.add({ child_id: child.id, group_id: id, wish_together: random.weighted([[true, 82], [null, 15], [false, 3]]) });
      this.pen.chronicle.act(random, { act: 'child.linkSiblings', by, subject: ['child', child.id], on, reason: 'linked', changed: ['siblings'] });
    }
  }

  /** Writes whom a child has; brothers and sisters have the same mother and father. */
  relatives(life: Life): Relative[] {
    const { child, household } = life;
    const shared = this.pen.stream('parents', household.children[0]?.id ?? child.id);
    const random = this.pen.stream('relatives', child.id);
    const on = this.pen.late(child.registeredOn, random.between(3, 40));
    const by = this.pen.serving('social_worker', household.institution.officeId, on, child.id);
    return [...parents(shared, household), ...kin(shared, life)].map((row) => {
      const id = random.id(on);
      const phone = row.whereabouts === 'known' && random.chance(0.4) ? phoneOf(random) : null;
      this.#relatives.add({
        id, child_id: child.id, relation: row.relation, name_km: row.nameKm, name_latin: row.nameLatin, whereabouts: row.whereabouts, area_code: row.areaCode, contact: row.contact, phone,
      });
      this.pen.chronicle.act(random, { act: 'child.recordRelative', by, subject: ['child', child.id], on, reason: row.whereabouts, changed: ['relatives'] });
      return { id, relation: row.relation, whereabouts: row.whereabouts as Relative['whereabouts'] };
    });
  }
}

function parents(random: Stream, household: Household): Row[] {
  const lives = PARENT_STATUS[household.parents];
  return (['mother', 'father'] as const).flatMap((relation): Row[] => {
    const alive = lives[relation];
    if (alive === null && random.chance(0.6)) return [];
    const away = household.mainReason === 'parents_migration' ? 0.7 : 0.12;
    const whereabouts = alive === null ? 'unknown' : !alive ? 'dead' : random.chance(away) ? 'abroad' : random.chance(0.85) ? 'known' : 'unknown';
    const feared = household.mainReason === 'abuse' && relation === 'father';
    const name = asWritten(random, nameOf(random, relation === 'mother' ? 'female' : 'male', relation === 'father' ? household.family : undefined));
    return [{
      relation, whereabouts, nameKm: name.km, nameLatin: name.latin, areaCode: whereabouts === 'known' ? household.homeArea : null,
      contact: whereabouts === 'dead' ? null : feared ? 'forbidden' : random.weighted([['wanted', 72], [null, 22], ['unwanted', 6]]),
    }];
  });
}

/** Grandparents, aunts and uncles; and the kin with whom she lives or lived. */
function kin(random: Stream, { household, placements }: Life): Row[] {
  const rows: Row[] = [];
  const relations = (['grandparent', 'aunt_uncle', 'brother_sister'] as const).filter((relation) => random.chance(relation === 'grandparent' ? 0.34 : relation === 'aunt_uncle' ? 0.3 : 0.12));
  for (const relation of relations) {
    const name = asWritten(random, nameOf(random, random.chance(0.6) ? 'female' : 'male', household.family));
    const whereabouts = random.weighted([['known', 76], ['unknown', 12], ['dead', 8], ['abroad', 4]] as const);
    rows.push({ relation, whereabouts, nameKm: name.km, nameLatin: name.latin, areaCode: whereabouts === 'known' ? household.homeArea : null, contact: whereabouts === 'dead' ? null : 'wanted' });
  }
  for (const { family, careKind } of placements) {
    const [carer] = family.adults;
    if (careKind !== 'kinship' || carer === undefined) continue;
    rows.push({ relation: carer.birthDate < '1972' ? 'grandparent' : 'aunt_uncle', whereabouts: 'known', nameKm: carer.nameKm, nameLatin: carer.nameLatin, areaCode: family.areaCode, contact: 'wanted' });
  }
  return rows;
}
