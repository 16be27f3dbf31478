import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { nameKeys, toAsciiDigits } from '../kernel/khmer.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { mayForOffice } from '../platform/auth/acts.js';
import type { Act } from '../platform/auth/acts.js';
import { notFound } from '../platform/errors.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import type { Precision, Sex } from '../platform/graphql/enums.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { acts, mayReadConfidential } from './carers.policy.js';
import { carers } from './carers.refusals.js';
import { Adult, ApprovalTerms, FamiliesArgs, Family, FamilyConnection, FamilyPlace, FamilyResult, Standing, StandingCode } from './family.graphql.js';
import type { FamilyClosure, FamilyKind, OccupancyKind, PlaceBasis } from './family.graphql.js';
import { AddAdultInput, AdultLeftInput, ChangeFamilyInput, CloseFamilyInput, LiftSuspensionInput, SuspendFamilyInput } from './family.inputs.js';
import { adultsOf, familyFile, listFamilies, placesToday, standingsOf, termsOf } from './families.queries.js';
import type { FamilyRow, StandingRow, TermsRow } from './families.queries.js';
import { FamiliesService } from './families.service.js';
import { SuspensionsService } from './suspensions.service.js';

@Resolver(() => Family)
export class FamiliesResolver {
  constructor(
    private readonly service: FamiliesService,
    private readonly suspending: SuspensionsService,
  ) {}

  @Mutation(() => FamilyResult, { description: 'Changes what is written of a family: names, telephone, address, languages, religion, own children, experience, school.' })
  @Can(acts['family.change'])
  changeFamily(@Args('input') input: ChangeFamilyInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.change(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => FamilyResult, { description: 'Writes down that an adult lives in the home. Until she is checked the family is not available for another child.' })
  @Can(acts['family.addAdult'])
  addAdult(@Args('input') input: AddAdultInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.addAdult(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => FamilyResult, { description: 'Writes down that an adult has left the home, or died.' })
  @Can(acts['family.adultLeft'])
  adultLeft(@Args('input') input: AdultLeftInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.adultLeft(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => FamilyResult, { description: 'Closes a family in which no child has a place; its history stays.' })
  @Can(acts['family.close'])
  closeFamily(@Args('input') input: CloseFamilyInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.close(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => FamilyResult, { description: 'Suspends a family: no other child comes to it; who is there stays, and is paid for.' })
  @Can(acts['family.suspend'])
  suspendFamily(@Args('input') input: SuspendFamilyInput, @Context() request: RequestContext) {
    return answer(request, carers, this.suspending.suspend(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => FamilyResult, { description: 'Lifts one suspension of a family; others stay.' })
  @Can(acts['family.liftSuspension'])
  liftSuspension(@Args('input') input: LiftSuspensionInput, @Context() request: RequestContext) {
    return answer(request, carers, this.suspending.lift(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Query(() => Family, { description: 'A family\'s file. Who opened it is written down.' })
  @Can(acts['family.read'])
  async family(@Args('id', { type: () => IdScalar, description: 'The family.' }) id: string, @Context() request: RequestContext): Promise<Family> {
    const found = await openFamily(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Query(() => FamilyConnection, { description: 'Families of the caller\'s offices, as they came to the register. Whose file was shown is written down.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['family.read'])
  async families(@Args() page: FamiliesArgs, @Context() request: RequestContext): Promise<Page<Family>> {
    const search = page.search ?? null;
    const digits = search === null ? '' : toAsciiDigits(search.trim());
    const number = /^\d{1,9}$/.test(digits) ? Number(digits) : null;
    const only = { areaCode: page.areaCode ?? '', number, keys: search === null || number !== null ? null : nameKeys(search) };
    const [after = null] = afterKey(page, 'id') ?? [];
    const rows = await listFamilies(await request.query(), only, after === null ? null : String(after), page.first + 1);
    return filled(pageOf(page, rows, (row) => [row.id], (row) => openFamily(request, row.id)));
  }

  @ResolveField(() => [Adult], { description: 'The adults of the home, those who left too, in the order in which they came, at most 30.' })
  @Extensions({ maximum: 30 })
  async adults(@Parent() family: Family, @Context() request: RequestContext): Promise<Adult[]> {
    const rows = (await request.load(adultsOf, family.id)) ?? [];
    return rows.map((row) => ({
      id: row.id, nameKm: row.name_km, nameLatin: row.name_latin, sex: row.sex as Sex, birthDate: row.birth_date, birthPrecision: row.birth_precision as Precision,
      carer: row.carer, since: row.since, leftOn: row.left_on,
    }));
  }

  @ResolveField(() => [ApprovalTerms], { description: 'What it is, was and will be approved for, the latest first, at most 20.' })
  @Extensions({ maximum: 20 })
  async terms(@Parent() family: Family, @Context() request: RequestContext): Promise<ApprovalTerms[]> {
    return ((await request.load(termsOf, family.id)) ?? []).map(toTerms);
  }

  @ResolveField(() => [FamilyPlace], { description: 'Its places today.' })
  @Extensions({ maximum: 40 })
  async places(@Parent() family: Family, @Context() request: RequestContext): Promise<FamilyPlace[]> {
    const rows = (await request.load(placesToday, family.id)) ?? [];
    return rows.map((row) => ({ slot: row.slot, basis: row.basis as PlaceBasis, takenBy: row.taken as OccupancyKind | null, until: row.until }));
  }

  @ResolveField(() => [Standing], { description: 'What decides whether it is available, the latest first, at most 100.' })
  @Extensions({ maximum: 100 })
  async standings(@Parent() family: Family, @Context() request: RequestContext): Promise<Standing[]> {
    const mayRead = mayReadConfidential(request.actor, family.officeId);
    return ((await request.load(standingsOf, family.id)) ?? []).map((row) => toStanding(row, mayRead));
  }

  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with it now, with the reason for each no.' })
  @Extensions({ maximum: 7 })
  can(@Parent() family: Family, @Context() request: RequestContext): ActAnswer[] {
    const closed = family.closedOn === null ? undefined : ({ ok: false, code: 'FAMILY_CLOSED', details: { closedOn: family.closedOn } } as const);
    const may = (act: Act): boolean => mayForOffice(request.actor, act, family.officeId);
    const open = [acts['family.change'], acts['family.move'], acts['family.addAdult'], acts['family.close'], acts['family.suspend']];
    // Of a closed family too it may be written that an own child had left, or that an exemption had ended.
    const always = [acts['family.endExemption'], acts['family.ownChildLeft']];
    return [...open.map((act) => canAct(request, act, may(act), carers, closed)), ...always.map((act) => canAct(request, act, may(act)))];
  }
}

/** A family's file as the caller may see it; that she opened it is written down. */
export async function openFamily(request: RequestContext, id: string): Promise<Family | undefined> {
  const row = await request.load(familyFile(request), id);
  return row && toFamily(row);
}

async function filled<T>(page: Page<Promise<T | undefined>>): Promise<Page<T>> {
  const nodes = await Promise.all(page.nodes);
  return { nodes: nodes.filter((node): node is Awaited<T> & T => node !== undefined), pageInfo: page.pageInfo };
}

export function toTerms(row: TermsRow): ApprovalTerms {
  return { from: row.starts, to: row.ends, places: row.places, youngest: row.youngest, oldest: row.oldest, sexes: row.sexes as Sex[], needs: row.needs, careKinds: row.care_kinds };
}

function toStanding(row: StandingRow, mayRead: boolean): Standing {
  if (row.confidential && !mayRead) return { id: row.id, code: StandingCode.ASK_SUPERVISOR, adultId: null, from: row.starts, to: null, reason: null };
  return { id: row.id, code: row.code as StandingCode, adultId: row.adult_id, from: row.starts, to: row.ends, reason: row.reason };
}

function toFamily(row: FamilyRow): Family {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind as FamilyKind,
    nameKm: row.name_km,
    nameLatin: row.name_latin,
    phone: row.phone,
    areaCode: row.area_code,
    languages: row.languages,
    religion: row.religion,
    ownChildren: row.own_children,
    experience: row.experience,
    schoolAreaCode: row.school_area_code,
    sleepingPlaces: row.sleeping_places,
    openedOn: row.opened_on,
    closedOn: row.closed_on as CivilDate | null,
    closedWhy: row.closed_why as FamilyClosure | null,
    version: row.version,
    officeId: row.office_id,
  };
}
