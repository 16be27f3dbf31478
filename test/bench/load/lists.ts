import type { Role } from '../../../src/platform/auth/roles.js';
import { EVERYBODY, SOCIAL, WORKERS } from './operations.js';
import type { Asking, Operation, Variables } from './operations.js';

/** A list of the schema, with what narrows it. */
interface List {
  readonly name: string;
  readonly roles: readonly Role[];
  /** Its arguments beside the page: `areaCode: String`. */
  readonly takes: string;
  /** The field with its arguments; PAGE stands for those of the page. */
  readonly field: string;
  readonly node: string;
  /** What a page of a hundred shows of each, where lists inside it would make it more than one request may ask for. */
  readonly light?: string;
  readonly filter?: (asking: Asking) => Variables | undefined;
  /** What is around it, for a list inside a record. */
  readonly inside?: string;
}

const FINANCE: readonly Role[] = ['finance_officer', 'finance_approver', 'supervisor'];
const TRAINING: readonly Role[] = ['trainer', ...WORKERS];
const CHILD = 'id number nameKm nameLatin sex ageBand institutionId';
const PLACEMENT = 'id childId familyId careKind state plannedOn startsOn endedOn emergency breaches approvedBy';
const FAMILY_ROW = 'id number kind nameKm nameLatin areaCode languages openedOn closedOn places { slot takenBy until }';
const FAMILY = `${FAMILY_ROW} adults { id nameKm nameLatin carer }`;
const STANDBY = 'available availableFrom freePlaces reasons { code message until } terms { places youngest oldest sexes needs } family { id number nameKm nameLatin areaCode }';
const TASK = 'id kind label subjectKind subjectId aboutId dueAt dueOn overdue escalated openedAt byHand';
const ACT = 'id at act subjectKind subjectId aboutId on reason changed system by { id nameLatin } posting { id role }';
const ENQUIRY_ROW = 'id nameKm nameLatin phone areaCode receivedOn source state nextOn campaign { id nameKm }';
const ENQUIRY = `${ENQUIRY_ROW} followUps { id on outcome }`;

const kinds = ['casework.visit_due', 'recruitment.enquiry_waits', 'placements.gatekeeping', 'placements.approve', 'casework.visit_record'];

/** Filters by one of her things: its id under a name. */
const by = (name: string, kind: string, more: Variables = {}) => ({ some }: Asking): Variables | undefined => {
  const one = some(kind);
  return one && { [name]: one.id, ...more };
};

/** Every list and worklist of the schema (the spec asks the schema), and the ways in which people narrow them. */
const EVERY: readonly List[] = [
  { name: 'children', roles: [...WORKERS, 'para_social_worker'], takes: '', field: 'children(PAGE)', node: CHILD },
  { name: 'children of an institution', roles: WORKERS, takes: '$in: Id', field: 'children(institutionId: $in, PAGE)', node: CHILD, filter: by('in', 'institutions') },
  { name: 'placements', roles: WORKERS, takes: '', field: 'placements(PAGE)', node: PLACEMENT },
  { name: 'placements by state', roles: WORKERS, takes: '$state: PlacementState', field: 'placements(state: $state, PAGE)', node: PLACEMENT, filter: ({ pick }) => ({ state: pick(['planned', 'approved', 'active', 'active', 'ended', 'cancelled']) }) },
  { name: 'families', roles: WORKERS, takes: '', field: 'families(PAGE)', node: FAMILY, light: FAMILY_ROW },
  { name: 'families of an area', roles: WORKERS, takes: '$area: String', field: 'families(areaCode: $area, PAGE)', node: FAMILY, light: FAMILY_ROW, filter: ({ some }) => {
    const area = some('families')?.['area'];
    return typeof area === 'string' ? { area: area.slice(0, 4) } : undefined;
  } },
  { name: 'stand-by of a district', roles: WORKERS, takes: '$area: String!', field: 'standBy(areaCode: $area, PAGE)', node: STANDBY, filter: ({ some }) => {
    const area = some('families')?.['area'];
    return typeof area === 'string' ? { area: area.slice(0, 4) } : undefined;
  } },
  { name: 'stand-by of a province', roles: ['supervisor'], takes: '$area: String!, $age: Int', field: 'standBy(areaCode: $area, age: $age, PAGE)', node: STANDBY, filter: ({ some, pick }) => {
    const area = some('families')?.['area'];
    return typeof area === 'string' ? { area: area.slice(0, 2), age: pick([1, 4, 9, 15]) } : undefined;
  } },
  { name: 'stand-by for a need', roles: WORKERS, takes: '$area: String!', field: 'standBy(areaCode: $area, places: 2, sex: female, needs: ["therapy"], PAGE)', node: STANDBY, filter: ({ some }) => {
    const area = some('families')?.['area'];
    return typeof area === 'string' ? { area: area.slice(0, 2) } : undefined;
  } },
  { name: 'stand-by with reasons', roles: WORKERS, takes: '$area: String!', field: 'standBy(areaCode: $area, includeUnavailable: true, PAGE)', node: STANDBY, filter: ({ some }) => {
    const area = some('families')?.['area'];
    return typeof area === 'string' ? { area: area.slice(0, 2) } : undefined;
  } },
  { name: 'worklist', roles: EVERYBODY, takes: '', field: 'worklist(PAGE)', node: TASK },
  { name: 'worklist by kind', roles: WORKERS, takes: '$kind: String', field: 'worklist(kind: $kind, PAGE)', node: TASK, filter: ({ pick }) => ({ kind: pick(kinds) }) },
  { name: 'worklist due soon', roles: WORKERS, takes: '$before: Day', field: 'worklist(dueBefore: $before, PAGE)', node: TASK, filter: ({ day }) => ({ before: day(7) }) },
  { name: 'countersignatures', roles: WORKERS, takes: '$waiting: Boolean!', field: 'countersignatures(waiting: $waiting, PAGE)', node: 'id act recordedOn lacked subjectKind subjectId', filter: ({ pick }) => ({ waiting: pick([true, true, false]) }) },
  { name: 'carers\' groups', roles: WORKERS, takes: '', field: 'carersGroups(PAGE)', node: 'id areaCode nameKm nameLatin foundedOn leaderId' },
  { name: 'complaints', roles: WORKERS, takes: '$open: Boolean!', field: 'complaints(open: $open, PAGE)', node: 'id familyId topic receivedOn dueOn escalatedOn outcome', filter: ({ pick }) => ({ open: pick([true, false]) }) },
  { name: 'inbox', roles: EVERYBODY, takes: '', field: 'inbox(PAGE)', node: 'id kind reason text items subjectKind subjectIds sentAt readAt' },
  { name: 'inbox, unread', roles: EVERYBODY, takes: '', field: 'inbox(unread: true, PAGE)', node: 'id kind text sentAt' },
  { name: 'enquiries', roles: WORKERS, takes: '', field: 'enquiries(PAGE)', node: ENQUIRY, light: ENQUIRY_ROW },
  { name: 'enquiries by state', roles: WORKERS, takes: '$state: EnquiryState', field: 'enquiries(state: $state, PAGE)', node: ENQUIRY, light: ENQUIRY_ROW, filter: ({ pick }) => ({ state: pick(['new', 'followed_up', 'applied', 'unreachable']) }) },
  { name: 'enquiries of a campaign', roles: WORKERS, takes: '$campaign: Id', field: 'enquiries(campaignId: $campaign, PAGE)', node: ENQUIRY, light: ENQUIRY_ROW, filter: by('campaign', 'campaigns') },
  { name: 'applications', roles: WORKERS, takes: '', field: 'applications(PAGE)', node: 'id familyId receivedOn state endedOn enquiry { id nameKm }' },
  { name: 'applications by state', roles: WORKERS, takes: '$state: ApplicationState', field: 'applications(state: $state, PAGE)', node: 'id familyId receivedOn state dossier { missing }', filter: ({ pick }) => ({ state: pick(['received', 'checking', 'panel', 'approved']) }) },
  { name: 'campaigns', roles: TRAINING, takes: '', field: 'campaigns(PAGE)', node: 'id areaCode nameKm nameLatin channels startsOn endsOn closedOn peopleReached' },
  { name: 'institutions', roles: [...WORKERS, 'para_social_worker'], takes: '', field: 'institutions(PAGE)', node: 'id kind nameKm nameLatin capacity state area { code nameKm nameLatin } office { id nameKm }' },
  { name: 'institutions of a kind', roles: WORKERS, takes: '$kind: InstitutionKind', field: 'institutions(kind: $kind, PAGE)', node: 'id kind nameKm nameLatin capacity state area { code path { code nameKm } }', light: 'id kind nameKm nameLatin capacity state area { code nameKm }', filter: ({ pick }) => ({ kind: pick(['temporary_centre', 'protection_centre', 'pagoda', 'boarding', 'group_home']) }) },
  { name: 'training sessions', roles: TRAINING, takes: '', field: 'trainingSessions(PAGE)', node: 'id areaCode place days capacity registered course { id nameKm nameLatin }' },
  { name: 'training sessions of an area', roles: TRAINING, takes: '$area: String', field: 'trainingSessions(areaCode: $area, PAGE)', node: 'id areaCode days registered course { nameKm }', filter: ({ who }) => ({ area: (who.area ?? '').slice(0, 2) || '02' }) },
  { name: 'courses', roles: TRAINING, takes: '', field: 'courses(PAGE)', node: 'id nameKm nameLatin audience hours validityMonths' },
  { name: 'payment runs', roles: FINANCE, takes: '', field: 'paymentRuns(PAGE)', node: 'id scheme month officeId state reason totals { count nights riel heldCount }' },
  { name: 'lines of a payment run', roles: FINANCE, takes: '$id: Id!', inside: 'paymentRun(id: $id)', field: 'lines(PAGE)', node: 'id childNumber familyNumber month nights riel kind payee { id name method }', filter: by('id', 'runs') },
  { name: 'families of a match list', roles: WORKERS, takes: '$id: Id!', inside: 'matchList(id: $id)', field: 'families(PAGE)', node: 'rank score familyId familyNumber areaCode freePlaces family { id nameKm } factors { code band value contribution }', filter: by('id', 'lists') },
  { name: 'families left out of a match list', roles: WORKERS, takes: '$id: Id!', inside: 'matchList(id: $id)', field: 'excluded(PAGE)', node: 'familyNumber areaCode rules { code message toChange }', filter: by('id', 'lists') },
  { name: 'accounts', roles: ['administrator'], takes: '', field: 'accounts(PAGE)', node: 'id login nameKm nameLatin state postings { id role officeId placeNameKm from to }', light: 'id login nameKm nameLatin state linkExpiresAt' },
  { name: 'accounts by state', roles: ['administrator'], takes: '$state: StaffAccountState', field: 'accounts(state: $state, PAGE)', node: 'id login nameLatin state linkExpiresAt', filter: ({ pick }) => ({ state: pick(['INVITED', 'ACTIVE', 'CLOSED']) }) },
  { name: 'settings', roles: ['administrator', 'auditor'], takes: '', field: 'settings(PAGE)', node: 'id name value from to citation' },
  { name: 'acts', roles: ['auditor'], takes: '', field: 'acts(PAGE)', node: ACT },
  { name: 'acts on a child', roles: ['auditor'], takes: '$id: Id', field: 'acts(subjectId: $id, PAGE)', node: ACT, filter: by('id', 'anyChild') },
  { name: 'acts of somebody', roles: ['auditor'], takes: '$id: Id', field: 'acts(actorId: $id, PAGE)', node: ACT, filter: by('id', 'accounts') },
  { name: 'acts of some days', roles: ['auditor'], takes: '$from: Day, $to: Day', field: 'acts(from: $from, to: $to, PAGE)', node: ACT, filter: ({ day, pick }) => {
    const ago = pick([0, 20, 90, 300, 600]);
    return { from: day(-ago - 6), to: day(-ago) };
  } },
  { name: 'reads', roles: ['auditor'], takes: '', field: 'reads(PAGE)', node: 'at operation subjectKind subjectId by { id nameLatin }' },
  { name: 'reads of a child', roles: ['auditor'], takes: '$id: Id', field: 'reads(subjectId: $id, PAGE)', node: 'at operation by { id nameLatin }', filter: by('id', 'anyChild') },
  { name: 'reads by somebody', roles: ['auditor'], takes: '$id: Id, $from: Day', field: 'reads(actorId: $id, from: $from, PAGE)', node: 'at operation subjectId', filter: (asking) => {
    const one = asking.some('accounts');
    return one && { id: one.id, from: asking.day(-30) };
  } },
  { name: 'reads of some days', roles: ['auditor'], takes: '$from: Day, $to: Day', field: 'reads(from: $from, to: $to, PAGE)', node: 'at operation subjectId by { id nameLatin }', filter: ({ day, pick }) => {
    const ago = pick([0, 20, 90, 300]);
    return { from: day(-ago - 6), to: day(-ago) };
  } },
  { name: 'denials', roles: ['auditor'], takes: '', field: 'denials(PAGE)', node: 'at act code by { id nameLatin }' },
  { name: 'denials of somebody', roles: ['auditor'], takes: '$id: Id', field: 'denials(actorId: $id, PAGE)', node: 'at act code', filter: by('id', 'accounts') },
  { name: 'areas below one', roles: EVERYBODY, takes: '$in: String', field: 'areas(parent: $in, PAGE)', node: 'code level nameKm nameLatin typeEn parent { code }', filter: ({ some }) => {
    const area = some('areas');
    return area && { in: area.id.slice(0, 4) };
  } },
  { name: 'areas of a level', roles: EVERYBODY, takes: '$level: AreaLevel', field: 'areas(level: $level, PAGE)', node: 'code nameKm nameLatin', filter: ({ pick }) => ({ level: pick(['province', 'district', 'commune', 'village']) }) },
  { name: 'offices', roles: EVERYBODY, takes: '', field: 'offices(PAGE)', node: 'id kind nameKm nameLatin area { code }' },
];

function documentOf({ takes, field, inside }: List, node: string): string {
  const list = `${field.replace('PAGE', 'first: $first, after: $after')} { nodes { ${node} } pageInfo { hasNextPage endCursor } }`;
  return `query List($first: Int!, $after: String${takes === '' ? '' : `, ${takes}`}) { ${inside === undefined ? list : `${inside} { ${list} }`} }`;
}

/** Ten of a hundred: the first page in the usual size, in the largest, and one further on. */
export const LISTS: readonly Operation[] = [
  ...EVERY.flatMap((list): Operation[] => {
    const common = { class: 'list', roles: list.roles, document: documentOf(list, list.light ?? list.node), variables: list.filter ?? (() => ({})) } as const;
    return [
      { ...common, name: `${list.name}, 20`, document: documentOf(list, list.node), weight: 2, pages: { how: 'first', sizes: [20] } },
      { ...common, name: `${list.name}, 100`, weight: 1, pages: { how: 'first', sizes: [100] } },
      { ...common, name: `${list.name}, on`, weight: 1, pages: { how: 'later', sizes: [20, 100] } },
    ];
  }),
  { name: 'sessions of her own', class: 'list', weight: 1, roles: EVERYBODY, document: 'query Mine { mySessions { id client beganAt usedAt current } }', variables: () => ({}) },
];

const COUNTS = 'query Counts($on: Day!, $known: Day, $area: String) { careCounts(on: $on, asKnownOn: $known, areaCode: $area) { ... on CareCounts { on asKnownOn counts { careKind count } } ... on StatisticsRefused { code message } } }';

const counts = (name: string, weight: number, roles: readonly Role[], variables: Operation['variables']): Operation => ({ name, class: 'statistics', weight, roles, document: COUNTS, variables });

/** Five of a hundred: exact counts of today, of a day, as known on a day; published quarters. */
export const STATISTICS: readonly Operation[] = [
  counts('counts: of her area', 4, WORKERS, ({ today }) => ({ on: today })),
  counts('counts: a year ago', 1.5, WORKERS, ({ day }) => ({ on: day(-365) })),
  counts('counts: as known then', 1, WORKERS, ({ day }) => ({ on: day(-200), known: day(-100) })),
  counts('counts: of the country', 1, ['supervisor'], ({ who, today }) => (who.area === '' ? { on: today } : undefined)),
  {
    name: 'published quarter', class: 'statistics', weight: 2.5, roles: ['policy_analyst', 'auditor', ...WORKERS],
    document: 'query Quarter($quarter: String!) { publishedQuarter(quarter: $quarter) { quarter referenceDay asKnownOn roundedTo leastShown cells { dimension category careKind shown } } }',
    variables: ({ some }) => {
      const quarter = some('quarters');
      return quarter && { quarter: quarter.id };
    },
  },
  { name: 'published quarters', class: 'statistics', weight: 1, roles: ['policy_analyst', 'auditor', ...WORKERS], document: 'query Quarters { publishedQuarters }', variables: () => ({}) },
];

const whole = (from: string, weight: number, roles: readonly Role[], only?: (asking: Asking) => boolean): Operation[] =>
  LISTS.filter(({ name }) => name === `${from}, 100`).map(({ document, variables }) => ({
    name: `whole list: ${from}`, class: 'export', weight, roles, document, pages: { how: 'all', sizes: [100] },
    variables: (asking) => (only === undefined || only(asking) ? variables(asking) : undefined),
  }));

const ofTheCountry = ({ who }: Asking): boolean => who.area === '';
const ofAProvince = ({ who }: Asking): boolean => who.area !== null && who.area.length <= 2;

/** Three of a hundred. There is no export yet: the largest lists, read to their end in pages of a hundred, one page after the other. */
export const EXPORTS: readonly Operation[] = [
  ...whole('children', 2, ['supervisor'], ofTheCountry), ...whole('children', 2, ['supervisor'], ofAProvince).map((one) => ({ ...one, name: `${one.name} of a province` })),
  ...whole('placements', 2, ['supervisor'], ofAProvince), ...whole('families', 1, ['supervisor'], ofAProvince), ...whole('enquiries', 1, SOCIAL), ...whole('acts', 2, ['auditor']),
  ...whole('reads', 1, ['auditor']), ...whole('accounts', 1, ['administrator']), ...whole('lines of a payment run', 1, FINANCE), ...whole('institutions', 1, ['supervisor'], ofAProvince),
];
