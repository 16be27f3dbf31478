import type { Role } from '../../../src/platform/auth/roles.js';
import { EVERYBODY, SOCIAL, WORKERS } from './operations.js';
import type { Operation } from './operations.js';

const CAN = 'can { act allowed code reason }';
const HEAD = 'id number nameKm nameLatin sex age youngestAge ageBand birthDate birthPrecision birthBasis civilRegistration homeAreaCode languages religion officeId originOfficeId institutionId registeredOn firstSeenOn lastSeenOn diedOn version';
const PARTS = `entryReasons { main all parentalStatus } legalBases { id kind number decidedOn from until } needs { kind level from }
  relatives { id relation nameKm nameLatin whereabouts areaCode contact phone } siblings { id members wishTogether others { id number nameKm nameLatin sex ageBand institutionId } }`;
const FAMILY = `id number kind nameKm nameLatin phone areaCode languages religion ownChildren experience schoolAreaCode openedOn closedOn closedWhy version`;

/** A record by its id, as a screen asks for it. */
function record(name: string, weight: number, roles: readonly Role[], kind: string, field: string, selection: string): Operation {
  return {
    name, class: 'read', weight, roles,
    document: `query Read($id: Id!) { ${field}(id: $id) { ${selection} } }`,
    variables: ({ some }) => {
      const one = some(kind);
      return one && { id: one.id };
    },
  };
}

const plain = (name: string, weight: number, roles: readonly Role[], document: string, variables: Operation['variables']): Operation => ({ name, class: 'read', weight, roles, document, variables });

/** Fifty-five of a hundred: files and records, with the levels that their screens show. */
export const READS: readonly Operation[] = [
  record('child: page', 9, WORKERS, 'children', 'child', `${HEAD} needs { kind level } gatekeeping { id state dueAt } ${CAN}`),
  record('child: file', 12, WORKERS, 'children', 'child', `${HEAD} ${PARTS} contactRisks { id familyId adultName areaCode from until reason } views { id heardOn heardBy alone text }
    entitlements { id scheme opensOn endsOn stop } ${CAN}`),
  record('child: history', 7, WORKERS, 'children', 'child', `${HEAD} timeline { id kind from to institutionId familyId placementId precision basis breaches recordedAt recordedBy }
    timelineBefore { id kind from to recordedBy recordedAt replacedAt } recordings { id act at by on } payments { id state month kind nights riel }
    placements { id familyId careKind state startsOn endedOn endReason approvedBy agreements { party on } } gatekeeping { id state openedOn options { option outcome reason on } }
    visits { id ordinal dueOn state happenedOn record { worry seenAlone wellbeing } can { act allowed } }`),
  record('child: matching', 1.5, WORKERS, 'children', 'child', 'id number matchLists { id askedOn startsOn searched eligible } proposals { id familyId state proposedOn answer rank }'),
  record('child: in her institution', 3, ['para_social_worker'], 'residents', 'child', `${HEAD} ${PARTS} timeline { id kind from to } ${CAN}`),
  plain('child: timeline as known', 1, WORKERS, `query Known($child: Id!, $known: Day) { timeline(childId: $child, asKnownOn: $known) { childId episodes { id kind from to familyId institutionId } } }`,
    ({ some, day, pick }) => {
      const child = some('children');
      return child && { child: child.id, known: day(-pick([30, 90, 200])) };
    }),
  record('family: page', 4, WORKERS, 'families', 'family', `${FAMILY} places { slot basis takenBy until } ${CAN}`),
  record('family: file', 6, WORKERS, 'families', 'family', `${FAMILY} adults { id nameKm nameLatin sex birthDate carer since leftOn } terms { from to places youngest oldest sexes needs careKinds }
    places { slot basis takenBy until } standings { id code adultId from to reason } certificates { id number from to course { nameKm nameLatin } }
    placements { id childId state startsOn endedOn } ${CAN}`),
  record('placement', 4, WORKERS, 'placements', 'placement', `id childId familyId careKind officeId state plannedOn approvedOn approvedBy startsOn endedOn endReason emergency breaches
    consultations { id kind on heardBy outcome reason } agreements { id party on signer how } ${CAN}`),
  record('gatekeeping', 1, WORKERS, 'gatekeepings', 'gatekeeping', 'id childId state openedOn dueAt concludedOn parentsTraced kinTraced options { id option outcome reason relativeId on }'),
  record('visit', 2, WORKERS, 'visits', 'visit', `id placementId ordinal dueOn state happenedOn record { worry seenAlone wellbeing childSaid carerSaid nextSteps } ${CAN}`),
  record('enquiry', 1.5, WORKERS, 'enquiries', 'enquiry', `id nameKm nameLatin phone areaCode receivedOn source state nextOn campaign { id nameKm nameLatin } followUps { id on outcome note } ${CAN}`),
  record('application', 1.5, WORKERS, 'applications', 'application', `id familyId receivedOn state endedOn dossier { missing } enquiry { id nameKm receivedOn } ${CAN}`),
  record('campaign', 0.4, WORKERS, 'campaigns', 'campaign', 'id areaCode nameKm nameLatin channels startsOn endsOn closedOn peopleReached'),
  record('institution', 1.5, WORKERS, 'institutions', 'institution', `id kind nameKm nameLatin capacity state registeredOn version area { code nameKm path { code nameKm nameLatin } } office { id nameKm area { code } } ${CAN}`),
  record('institution: her own', 0.6, ['para_social_worker'], 'institution', 'institution', `id kind nameKm capacity state area { code nameKm } office { id nameKm } ${CAN}`),
  record('match list', 0.8, WORKERS, 'lists', 'matchList', `id childId childIds askedOn startsOn careKind searched eligible weightsVersion weights { code label weight } failedRules { code count message }
    kinFirst { kind familyId familyNumber freePlaces relativeId }
    families(first: 20) { nodes { rank score familyId familyNumber areaCode freePlaces placesForAll strategiesNeeded factors { code band value weight contribution missing } } pageInfo { hasNextPage endCursor } }`),
  record('proposal', 0.7, WORKERS, 'proposals', 'proposal', `id listId familyId placementId state proposedOn heldUntil answer told rank strategies { factor text } strategiesMissing placements { childId placementId } ${CAN}`),
  record('payment run', 0.7, ['finance_officer', 'finance_approver', 'supervisor'], 'runs', 'paymentRun', `id scheme month officeId state reason fund totals { count nights riel heldCount heldRiel } warnings { code childNumber on riel }
    lines(first: 20) { nodes { id childNumber familyNumber month nights riel kind payee { id name method accountEnding } } pageInfo { hasNextPage endCursor } } ${CAN}`),
  record('training session', 0.7, ['trainer', ...WORKERS], 'sessions', 'trainingSession', `id areaCode place days capacity registered course { id nameKm nameLatin hours } registrations { id nameKm nameLatin presentOn absentOn certificate { id number to } } ${CAN}`),
  record('account', 0.4, ['administrator'], 'accounts', 'account', 'id login nameKm nameLatin state invitedAt postings { id role officeId placeNameKm from to withdrawn }'),
  plain('me', 1.5, EVERYBODY, 'query Me { me { id login nameKm nameLatin language can postings { id role officeId placeNameKm from to } } }', () => ({})),
  plain('area', 0.7, EVERYBODY, 'query Area($code: String!) { area(code: $code) { code level nameKm nameLatin parent { code nameKm } path { code nameKm nameLatin } } }', ({ some }) => {
    const area = some('areas');
    return area && { code: area.id };
  }),
  plain('distance', 0.4, SOCIAL, 'query Far($from: String!, $to: String!) { distance(from: $from, to: $to) { km exact nearness from { code } to { code nameKm } } }', ({ some }) => {
    const [from, to] = [some('areas'), some('areas')];
    return from && to && { from: from.id, to: to.id };
  }),
  record('office', 0.4, EVERYBODY, 'offices', 'office', 'id kind nameKm nameLatin area { code nameKm }'),
  plain('labels', 0.4, EVERYBODY, 'query Labels($type: String!) { labels(type: $type) { value text reviewed } }', ({ pick }) => ({ type: pick(['EntryReason', 'NeedKind', 'PlacementState', 'CareKind']) })),
  plain('certificate', 0.4, EVERYBODY, 'query Verify($number: String!) { verifyCertificate(number: $number) { status courseNameKm validFrom validUntil } }', ({ some }) => {
    const certificate = some('certificates');
    return certificate && { number: certificate.id };
  }),
];

const SUMMARY = 'id number nameKm nameLatin sex ageBand institutionId';

function search(name: string, weight: number, roles: readonly Role[], document: string, variables: Operation['variables']): Operation {
  return { name, class: 'search', weight, roles, document, variables };
}

const CHILDREN = `query Find($name: String!, $year: Int, $first: Int!) { searchChildren(name: $name, birthYear: $year, first: $first) { ${SUMMARY} } }`;
const FAMILIES = `query Find($search: String!) { families(search: $search, first: 20) { nodes { id number kind nameKm nameLatin areaCode places { slot takenBy } } pageInfo { hasNextPage } } }`;

/** A name that somebody of hers has; every fourth time any name of the country, as people also look for who is not theirs. */
const named = (kind: string, field: string): ((asking: Parameters<Operation['variables']>[0]) => string | undefined) => ({ some, pick }) => {
  const name = some(pick([true, true, true, false]) ? kind : 'names')?.[field];
  return typeof name === 'string' && name !== '' ? name : undefined;
};

const lookFor = (kind: string, field: string, more: (asking: Parameters<Operation['variables']>[0]) => object): Operation['variables'] => (asking) => {
  const name = named(kind, field)(asking);
  return name === undefined ? undefined : { name, ...more(asking) };
};

/** Fifteen of a hundred. A part of a name is a weak sign and finds many; a number finds one. */
export const SEARCHES: readonly Operation[] = [
  search('children: whole name, Khmer', 4, WORKERS, CHILDREN, lookFor('children', 'nameKm', () => ({ first: 20 }))),
  search('children: whole name, Latin', 3, WORKERS, CHILDREN, lookFor('children', 'nameLatin', () => ({ first: 20 }))),
  search('children: name and year', 2, WORKERS, CHILDREN, lookFor('children', 'nameLatin', ({ pick }) => ({ first: 20, year: pick([2010, 2012, 2014, 2016, 2018]) }))),
  search('children: one part of a name', 2, WORKERS, CHILDREN, (asking) => {
    const name = named('children', asking.pick(['nameKm', 'nameLatin']))(asking)?.split(/\s+/);
    return name === undefined ? undefined : { name: asking.pick(name), first: 50 };
  }),
  search('children: in her institution', 1, ['para_social_worker'], CHILDREN, lookFor('residents', 'nameKm', () => ({ first: 20 }))),
  search('families: by name', 1.5, WORKERS, FAMILIES, (asking) => {
    const name = named('families', asking.pick(['nameKm', 'nameLatin']))(asking);
    return name === undefined ? undefined : { search: name };
  }),
  search('families: by number', 1, WORKERS, FAMILIES, ({ some }) => {
    const family = some('families');
    return family && { search: String(family['number']) };
  }),
  search('areas: by name', 0.5, EVERYBODY, 'query Areas($search: String!) { areas(search: $search, first: 20) { nodes { code level nameKm nameLatin path { code nameKm } } pageInfo { hasNextPage endCursor } } }', ({ some }) => {
    const area = some('areas');
    return area && { search: String(area['nameLatin']) };
  }),
];
