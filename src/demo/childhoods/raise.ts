import type { Op } from '../../platform/database/op.js';
import type { FieldKeys } from '../../platform/field-crypto.js';
import { numberSetting, setting } from '../../platform/settings.js';
import { runRules } from '../../support/facts.queries.js';
import type { Chronicle } from '../chronicle.js';
import type { Sheets } from '../copy.js';
import type { DemoCountry } from '../world.js';
import { Childhoods } from './childhoods.js';
import type { Surroundings } from './childhoods.js';
import type { FamilyMarks, MatchRules } from './matchmaking.js';
import { SCHEME } from './runs.js';

/** Invents the children of a country whose families are written, and flushes batch after batch; `told` hears how much of it is done, from 0 to 1. */
export async function raiseChildren(op: Op, country: DemoCountry, sheets: Sheets, chronicle: Chronicle, told: (done: number) => void, fieldKeys?: FieldKeys): Promise<void> {
  const childhoods = new Childhoods(country, sheets, chronicle, await surroundings(op, fieldKeys));
  const batches = [...childhoods.batches()];
  for (const [i, batch] of batches.entries()) {
    childhoods.gather(batch);
    await sheets.flush(op.tx);
    told((i + 1) / batches.length);
  }
  await childhoods.finish(op);
}

async function surroundings(op: Op, fieldKeys?: FieldKeys): Promise<Surroundings> {
  const communes = await op.tx.rows<{ code: string; type_en: string }>('select code, type_en from territory.areas where length(code) = 6');
  const families = await op.tx.rows<FamilyMarks & { readonly id: string }>(
    `select id, number, religion, own_children as "ownChildren", experience, school_area_code as "schoolArea" from carers.families`,
  );
  const first = await op.tx.row<{ next: number }>('select (last_value + is_called::int)::int as next from children.child_numbers');
  return {
    firstNumber: first?.next ?? 1,
    visitMonths: await setting<number[]>(op, 'casework.visit_months', op.today),
    treasury: {
      rules: await runRules(op, SCHEME),
      communeTypes: new Map(communes.map(({ code, type_en }) => [code, type_en])),
      familyNumbers: new Map(families.map(({ id, number }) => [id, number])),
      fieldKeys,
    },
    matching: { limits: await limits(op), weights: await setting<MatchRules['weights']>(op, 'matching.weights', op.today), marks: new Map(families.map(({ id, ...marks }) => [id, marks])) },
  };
}

/** The settings that bind decisions, as of today. */
async function limits(op: Op): Promise<MatchRules['limits']> {
  const read = (name: string): Promise<number> => numberSetting(op, `placements.${name}`, op.today);
  return {
    fosterLimit: await read('foster_limit'), familyHouseLimit: await read('family_house_limit'), familyHouseUnderThrees: await read('family_house_under_threes'), ageGap: await read('age_gap'),
    languageFromAge: await read('language_from_age'), needLevelInTerms: await read('need_level_in_terms'),
  };
}
