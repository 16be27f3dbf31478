import { Inject, Injectable } from '@nestjs/common';
import type { MatchingFacts } from '../children/children.queries.js';
import { needChild } from '../children/children.policy.js';
import { ChildrenService } from '../children/children.service.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { suitabilityFacts } from '../placements/suitability.queries.js';
import { lifeOf, withinLife } from '../placements/timeline.domain.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { earliestLateEntry } from '../platform/graphql/inputs.js';
import { setting } from '../platform/settings.js';
import { askedGroup, together } from './asked.domain.js';
import { areaOfOffice, assessedKin, distancesFrom, formerCarers, homesOf, listCandidates } from './candidates.queries.js';
import { insertList } from './lists.repo.js';
import type { NewEntry } from './lists.repo.js';
import type { AskForFamiliesInput } from './match-list.graphql.js';
import { LISTED, confidentialCount, countsOf, sift } from './matching.domain.js';
import { acts, maySplit } from './matching.policy.js';
import { checkedWeights, rank } from './ranking.domain.js';
import type { RankedFamily } from './ranking.domain.js';

type AskRefusal = 'GATEKEEPING_INCOMPLETE' | 'SPLIT_NEEDS_SUPERVISOR' | 'ALREADY_PROPOSED' | 'BEFORE_BIRTH' | 'AFTER_DEATH';

/** Asks the whole country which families would suit a child, or her and her siblings, and keeps the answer. */
@Injectable()
export class ListsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
  ) {}

  /** Makes a list: gatekeeping first, siblings together, every hard rule, then the ranking; stored with all that it rests on. */
  async ask(actor: UserActor, input: AskForFamiliesInput, requestId: string): Promise<Result<string, AskRefusal>> {
    return this.uow.command(actor, acts['match.ask'], input, requestId, async (op): Promise<Result<string, AskRefusal>> => {
      const earliest = earliestLateEntry(op.today);
      if (input.startsOn < earliest) throw badInput('startsOn', 'validation.tooLate', { earliest });
      const group = await this.#group(op, input);
      if (!group.ok) return group;
      const listId = await this.#list(op, input, group.value);
      if (!listId.ok) return listId;
      await recordAct(op, { subject: ['match_list', listId.value], about: input.childId, on: op.today, reason: input.emergency ? 'emergency' : 'planned' });
      return listId;
    });
  }

  /** The children who are asked for together, locked: the child first, then her siblings who wish it and have no family. */
  async #group(op: Op, input: AskForFamiliesInput): Promise<Result<MatchingFacts[], AskRefusal>> {
    const [child] = await this.children.matchingFacts(op, [input.childId]);
    if (child === undefined) throw notFound();
    const apart = input.apartReason ?? null;
    if (apart !== null && !maySplit(op)) return refuse('SPLIT_NEEDS_SUPERVISOR');
    const homes = await homesOf(op, (child.siblings?.children ?? []).map(({ childId }) => childId));
    const siblings = apart === null ? together(child, new Set(homes.map(({ child_id: id }) => id))) : [];
    for (const one of await this.children.lockChildren(op, [child.id, ...siblings])) needChild(op, one);
    const facts = await this.children.matchingFacts(op, [child.id, ...siblings]);
    const alive = facts.filter(({ id, diedOn }) => id === child.id || diedOn === null);
    for (const one of alive) {
      const within = withinLife(lifeOf(one), input.startsOn);
      if (!within.ok) return within;
    }
    const planned = await homesOf(op, [child.id]);
    return planned.some(({ state }) => state !== 'active') ? refuse('ALREADY_PROPOSED') : ok(alive);
  }

  async #list(op: Op, input: AskForFamiliesInput, children: readonly MatchingFacts[]): Promise<Result<string, 'GATEKEEPING_INCOMPLETE'>> {
    const ids = children.map(({ id }) => id);
    const candidates = await listCandidates(op, input.startsOn);
    const known = new Map(candidates.map((one) => [one.id, one]));
    const facts = await suitabilityFacts(op, ids, [...known.keys()], input.startsOn);
    const rules = [...facts.children.values()];
    const open = rules.filter(({ gatekeepingComplete }) => !gatekeepingComplete).length;
    if (open > 0 && !input.emergency) return refuse('GATEKEEPING_INCOMPLETE', { children: open });
    // A family in which one of them lives already is nobody to be asked.
    const current = new Set((await homesOf(op, ids)).map(({ family_id: id }) => id));
    const families = [...facts.families.values()].filter(({ id }) => !current.has(id));
    const sifted = sift(rules, families, { on: input.startsOn, careKind: input.careKind, emergency: input.emergency }, facts.limits);
    const asked = await this.#asked(op, input, children, rules, known);
    const away = await distancesFrom(op, [...new Set(candidates.map(({ communeCode }) => communeCode))], asked.people);
    const eligible = sifted.eligible.flatMap(({ id, placesForAll }): RankedFamily[] => {
      const one = known.get(id);
      if (one === undefined) return [];
      const { kind: _kind, ...family } = one;
      return [{ ...family, placesForAll, distances: away(one.communeCode) }];
    });
    const weights = await setting<{ version: number; weights: Record<string, unknown> }>(op, 'matching.weights', op.today);
    const checked = checkedWeights(weights.weights);
    const former = (await formerCarers(op, ids)).map(({ family_id: id }) => id);
    const entries: NewEntry[] = [
      ...former.flatMap((id) => eligible.filter((one) => one.id === id)).map((family) => ({ rank: null, score: null, family, factors: [] })),
      ...rank(asked, eligible.filter(({ id }) => !former.includes(id)), checked).slice(0, LISTED).map((one, at) => ({ ...one, rank: at + 1 })),
    ];
    const id = newId();
    const confidential = confidentialCount(sifted.excluded);
    await insertList(op, {
      id, childId: input.childId, officeId: asked.officeId, startsOn: input.startsOn, careKind: input.careKind, emergency: input.emergency, gatekeepingComplete: open === 0,
      apartReason: input.apartReason ?? null, weights: { version: weights.version, weights: checked }, asked, kin: await assessedKin(op, ids), searched: families.length,
      eligible: eligible.length, entries, excluded: sifted.excluded,
      failedRules: [...countsOf(sifted.excluded), ...(confidential > 0 ? [{ code: 'ASK_SUPERVISOR', confidential: false, count: confidential }] : [])],
    }, known);
    return ok(id);
  }

  /** The children as ranking reads them, with where their other brothers and sisters live. */
  async #asked(op: Op, input: AskForFamiliesInput, children: readonly MatchingFacts[], rules: Parameters<typeof askedGroup>[1], known: ReadonlyMap<string, { readonly communeCode: string }>) {
    const own = children.find(({ id }) => id === input.childId);
    if (own === undefined) throw notFound();
    const others = (own.siblings?.children ?? []).map(({ childId }) => childId).filter((id) => !children.some((one) => one.id === id));
    const homes = (await homesOf(op, others)).filter(({ state }) => state === 'active');
    const siblings = homes.map(({ family_id: familyId }) => ({ familyId, communeCode: known.get(familyId)?.communeCode ?? null }));
    return askedGroup(children, rules, input.startsOn, { id: own.officeId, area: await areaOfOffice(op, own.officeId) }, siblings);
  }
}
