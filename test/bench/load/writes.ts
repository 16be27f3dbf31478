import type { Role } from '../../../src/platform/auth/roles.js';
import { EVERYBODY, SOCIAL, WORKERS } from './operations.js';
import type { Asking, Operation } from './operations.js';

// Refusals are allowed where another act of this very load may have come first: a placement ends, its visits are called off, a hold runs out.

/** How a key is told from other text, in the rows of an act that keeps somebody's words. */
export const MARK = 'Load ';

interface Act {
  readonly name: string;
  readonly weight: number;
  readonly roles: readonly Role[];
  readonly mutation: string;
  readonly input: string;
  /** What is read of the result: `Enquiry { id }`. */
  readonly good: string;
  readonly refused: string;
  readonly act: string;
  readonly event?: boolean;
  /** SQL for the words in which the key stands, one row for each row that the act has written. */
  readonly rows?: string;
  readonly refusals?: readonly string[];
  readonly of: (asking: Asking) => Readonly<Record<string, unknown>> | undefined;
}

const write = ({ name, weight, roles, mutation, input, good, refused, act, event = true, rows, refusals = [], of }: Act): Operation => ({
  name, class: 'write', weight, roles,
  document: `mutation Act($input: ${input}!) { ${mutation}(input: $input) { __typename ... on ${good} ... on ${refused} { code details { name values } } } }`,
  variables: (asking) => {
    const given = of(asking);
    return given && { input: { ...given, requestKey: asking.key } };
  },
  write: { act, event, row: rows !== undefined, refusals, ...(rows !== undefined && { rows }) },
});

const words = (key: string): string => `${MARK}${key}`;

/** About a child of hers: the act of one part of the file. */
const onChild = (weight: number, roles: readonly Role[], part: Omit<Act, 'weight' | 'roles' | 'good' | 'refused' | 'of'> & { kind?: string; of: (asking: Asking) => object }): Operation =>
  write({
    weight, roles, good: 'Child { id version }', refused: 'ChildrenRefused', ...part,
    of: (asking) => {
      const child = asking.some(part.kind ?? 'children');
      return child && { childId: child.id, ...part.of(asking) };
    },
  });

const needs = ({ pick }: Asking): object => ({ needs: [{ kind: pick(['therapy', 'learning_support', 'daily_medicine', 'special_diet']), level: pick([1, 2, 3]) }] });

const RECRUITING: readonly Operation[] = [
  write({
    name: 'record an enquiry', weight: 5, roles: WORKERS, mutation: 'recordEnquiry', input: 'RecordEnquiryInput', good: 'Enquiry { id state receivedOn }', refused: 'RecruitmentRefused',
    act: 'enquiry.record', rows: `select name_latin as words from recruitment.enquiries where name_latin like '${MARK}%'`,
    of: ({ some, who, today, key }) => {
      const village = some('villages');
      return village && who.area !== null && village.id.startsWith(who.area) ? { areaCode: village.id, on: today, nameLatin: words(key), phone: '012 345 678', byPhone: true } : undefined;
    },
  }),
  write({
    name: 'follow an enquiry up', weight: 4, roles: WORKERS, mutation: 'followUpEnquiry', input: 'FollowUpEnquiryInput', good: 'Enquiry { id state nextOn }', refused: 'RecruitmentRefused',
    act: 'enquiry.followUp', rows: `select note as words from recruitment.follow_ups where note like '${MARK}%'`,
    of: ({ some, today, day, key }) => {
      const enquiry = some('openEnquiries');
      return enquiry && { enquiryId: enquiry.id, on: today, outcome: 'interested', nextOn: day(14), note: words(key) };
    },
  }),
  write({
    name: 'open a campaign', weight: 0.3, roles: WORKERS, mutation: 'openCampaign', input: 'OpenCampaignInput', good: 'Campaign { id }', refused: 'RecruitmentRefused', act: 'campaign.open',
    rows: `select name_latin as words from recruitment.campaigns where name_latin like '${MARK}%'`,
    of: ({ some, who, today, day, key }) => {
      const village = some('villages');
      return village && who.area !== null && village.id.startsWith(who.area)
        ? { areaCode: village.id.slice(0, 6), nameKm: 'យុទ្ធនាការ', nameLatin: words(key), channels: ['radio'], startsOn: today, endsOn: day(30) }
        : undefined;
    },
  }),
];

const FILES: readonly Operation[] = [
  onChild(4, WORKERS, {
    name: 'record what a child said', mutation: 'recordView', input: 'RecordViewInput', act: 'child.recordView', rows: `select text as words from children.views where text like '${MARK}%'`,
    of: ({ today, key }) => ({ on: today, alone: true, text: words(key) }),
  }),
  onChild(3, WORKERS, { name: 'record needs', mutation: 'recordNeeds', input: 'RecordNeedsInput', act: 'child.recordNeeds', of: (asking) => ({ on: asking.today, ...needs(asking) }) }),
  onChild(2, WORKERS, {
    name: 'record a relative', mutation: 'recordRelative', input: 'RecordRelativeInput', act: 'child.recordRelative', rows: `select name_latin as words from children.relatives where name_latin like '${MARK}%'`,
    of: ({ pick, key }) => ({ relation: pick(['aunt_uncle', 'grandparent', 'cousin']), whereabouts: 'unknown', nameLatin: words(key) }),
  }),
  onChild(1, ['para_social_worker'], {
    name: 'record needs, by the institution', mutation: 'recordNeeds', input: 'RecordNeedsInput', act: 'child.recordNeeds', kind: 'residents', of: (asking) => ({ on: asking.today, ...needs(asking) }),
  }),
  write({
    name: 'describe a child', weight: 1, roles: WORKERS, mutation: 'describeChild', input: 'DescribeChildInput', good: 'Child { id version }', refused: 'ChildrenRefused', act: 'child.describe', refusals: ['CONFLICT'],
    of: ({ once, pick }) => {
      const child = once('children');
      return child && { childId: child.id, version: child['version'], religion: pick(['Buddhist', 'Islam', 'none']), civilRegistration: 'in_progress' };
    },
  }),
  write({
    name: 'change a family', weight: 1, roles: WORKERS, mutation: 'changeFamily', input: 'ChangeFamilyInput', good: 'Family { id version }', refused: 'CarersRefused', act: 'family.change', refusals: ['UNCHANGED'],
    of: ({ once, pick }) => {
      const family = once('openFamilies');
      return family && { familyId: family.id, version: family['version'], phone: `012 ${pick(['111', '222', '333'])} 444`, ownChildren: pick([0, 1, 2, 3, 4]) };
    },
  }),
  write({
    name: 'register a resident', weight: 1, roles: [...WORKERS, 'para_social_worker'], mutation: 'registerResident', input: 'RegisterResidentInput', good: 'Child { id number }', refused: 'PlacementsRefused',
    act: 'resident.register', rows: `select name_latin as words from children.children where name_latin like '${MARK}%'`,
    of: ({ some, who, today, day, key, pick }) => {
      const institution = some(who.role === 'para_social_worker' ? 'institution' : 'institutions');
      return institution && {
        institutionId: institution.id, nameLatin: words(key), sex: pick(['female', 'male']), seenOn: today, arrivedOn: day(-pick([1, 5, 12])), entryReason: 'basic_needs',
        birth: { date: `${pick([2012, 2014, 2016])}-01-01`, precision: 'year', basis: 'told_by_others' },
      };
    },
  }),
];

const VISITS: readonly Operation[] = [
  write({
    name: 'tap a visit', weight: 2.5, roles: WORKERS, mutation: 'tapVisit', input: 'TapVisitInput', good: 'Visit { id state }', refused: 'CaseworkRefused', act: 'visit.tap', refusals: ['VISIT_STATE'],
    of: ({ once, today }) => {
      const visit = once('dueVisits');
      return visit && { visitId: visit.id, on: today };
    },
  }),
  write({
    name: 'record a visit', weight: 2.5, roles: WORKERS, mutation: 'recordVisit', input: 'RecordVisitInput', good: 'Visit { id state record { worry } }', refused: 'CaseworkRefused', act: 'visit.record', refusals: ['VISIT_STATE'],
    rows: `select record ->> 'wellbeing' as words from casework.visits where record ->> 'wellbeing' like '${MARK}%'`,
    of: ({ once, today, key, pick }) => {
      const visit = once('dueVisits');
      return visit && { visitId: visit.id, on: today, seenAlone: true, worry: pick([false, false, false, true]), wellbeing: words(key), childSaid: 'ខ្ញុំសុខសប្បាយ', carerSaid: 'ល្អ' };
    },
  }),
];

const PLACING: readonly Operation[] = [
  write({
    name: 'record an option of gatekeeping', weight: 1, roles: WORKERS, mutation: 'recordOption', input: 'RecordOptionInput', good: 'Gatekeeping { id state options { option outcome } }',
    refused: 'PlacementsRefused', act: 'gatekeeping.recordOption', event: false, rows: `select reason as words from placements.options where reason like '${MARK}%'`,
    of: ({ once, today, key }) => {
      const gatekeeping = once('newGatekeepings');
      return gatekeeping && { gatekeepingId: gatekeeping.id, on: today, option: 'birth_family', outcome: 'passed_over', reason: words(key) };
    },
  }),
  write({
    name: 'hear somebody about a plan', weight: 0.6, roles: WORKERS, mutation: 'recordConsultation', input: 'RecordConsultationInput', good: 'Placement { id state consultations { kind } }',
    refused: 'PlacementsRefused', act: 'placement.consult', event: false, refusals: ['PLACEMENT_STATE'], rows: `select reason as words from placements.consultations where reason like '${MARK}%'`,
    of: ({ some, today, key }) => {
      const plan = some('plans');
      return plan && { placementId: plan.id, kind: 'team', on: today, outcome: 'agrees', reason: words(key) };
    },
  }),
  write({
    name: 'sign an agreement', weight: 0.6, roles: WORKERS, mutation: 'signAgreement', input: 'SignAgreementInput', good: 'Placement { id agreements { party } }', refused: 'PlacementsRefused',
    act: 'placement.sign', event: false, refusals: ['PLACEMENT_STATE'], rows: `select signer as words from placements.agreements where signer like '${MARK}%'`,
    of: ({ some, today, key }) => {
      const placement = some('currentPlacements');
      return placement && { placementId: placement.id, on: today, party: 'commune', signer: words(key), how: 'signed' };
    },
  }),
  write({
    name: 'end a placement', weight: 0.5, roles: WORKERS, mutation: 'endPlacement', input: 'EndPlacementInput', good: 'Placement { id state }', refused: 'PlacementsRefused', act: 'placement.end',
    of: ({ once, today }) => {
      const placement = once('endingPlacements');
      return placement && { placementId: placement.id, on: today, reason: 'leaving_care', goesTo: 'independent' };
    },
  }),
  write({
    name: 'ask the country for families', weight: 0.1, roles: SOCIAL, mutation: 'askForFamilies', input: 'AskForFamiliesInput',
    good: 'MatchList { id searched eligible families(first: 10) { nodes { rank familyNumber score } } }', refused: 'MatchingRefused', act: 'match.ask', event: false, refusals: ['ALREADY_PROPOSED'],
    of: ({ some, day }) => {
      const child = some('waitingChildren');
      return child && { childId: child.id, careKind: 'foster', startsOn: day(3) };
    },
  }),
  write({
    name: 'answer a proposal', weight: 0.4, roles: WORKERS, mutation: 'answerProposal', input: 'AnswerProposalInput', good: 'Proposal { id state }', refused: 'MatchingRefused', act: 'match.answer', refusals: ['PROPOSAL_STATE', 'NOT_TOLD'],
    of: ({ once, today, pick }) => {
      const proposal = once('waitingProposals');
      return proposal && { proposalId: proposal.id, on: today, answer: pick(['accepted', 'accepted', 'declined']), told: 'ព័ត៌មានអំពីកុមារ' };
    },
  }),
];

const OTHERS: readonly Operation[] = [
  write({
    name: 'mark a message as read', weight: 1, roles: EVERYBODY, mutation: 'markRead', input: 'MarkReadInput', good: 'InboxMessage { id readAt }', refused: 'WorklistRefused', act: 'inbox.markRead', event: false,
    of: ({ some }) => {
      const message = some('messages');
      return message && { messageId: message.id };
    },
  }),
  write({
    name: 'tick a task off', weight: 0.5, roles: WORKERS, mutation: 'completeTask', input: 'CompleteTaskInput', good: 'Task { id closedAt }', refused: 'WorklistRefused', act: 'task.complete', event: false,
    of: ({ once }) => {
      const task = once('tasksByHand');
      return task && { taskId: task.id };
    },
  }),
  write({
    name: 'set a payee', weight: 0.7, roles: ['finance_officer'], mutation: 'setPayee', input: 'SetPayeeInput', good: 'Payee { id name }', refused: 'SupportRefused', act: 'payee.set',
    rows: `select name as words from support.payees where name like '${MARK}%'`,
    of: ({ some, key }) => {
      const family = some('openFamilies');
      return family && { familyId: family.id, method: 'cash', name: words(key) };
    },
  }),
];

/** Twelve of a hundred: acts of the trade. Each names the row in which its key is found again, where it keeps words. */
export const WRITES: readonly Operation[] = [...RECRUITING, ...FILES, ...VISITS, ...PLACING, ...OTHERS];
