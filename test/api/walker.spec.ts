import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType } from 'graphql';
import type { GraphQLArgument, GraphQLField, GraphQLInputField, GraphQLInputType, GraphQLSchema } from 'graphql';
import { newId } from '../../src/kernel/ids.js';
import { ROLES } from '../../src/platform/auth/roles.js';
import type { Role } from '../../src/platform/auth/roles.js';
import { chains } from '../support/chains.js';
import { Harness, newKey } from '../support/harness.js';
import type { Answer } from '../support/harness.js';
import { signedIn } from '../support/people.js';
import type { Person } from '../support/people.js';
import { arrangeWorld } from '../support/world.js';
import type { Secret, World } from '../support/world.js';

/**
 * The walker: every operation of the schema, every field below it, as every role, with the ids of another province, with
 * ids that nobody has, and with her own. Two provinces hold one of everything; each name, telephone and word in them is a
 * canary, and no raw answer may hold one that the asker may not read.
 */
let harness: Harness;
let schema: GraphQLSchema;
let mine: World;
let theirs: World;
const people: Partial<Record<Role, Person>> = {};

/** What a role of this province may read of it. Of the other province: nothing at all. */
const MAY_READ: Partial<Record<Role, readonly Secret[]>> = {
  social_worker: ['child', 'family', 'case', 'roll'],
  supervisor: ['child', 'family', 'case', 'roll', 'payee'],
  para_social_worker: ['child'],
  finance_officer: ['payee'],
  finance_approver: ['payee'],
  // The list of the session that she gives herself.
  trainer: ['roll'],
};
const SECRETS: readonly Secret[] = ['child', 'family', 'case', 'payee', 'roll'];

/** What kind of record an argument or input field names, where its name alone does not say. */
const KINDS: Readonly<Record<string, string>> = {
  'account.id': 'account', 'application.id': 'application', 'campaign.id': 'campaign', 'familyLoad.id': 'familyLoad', 'child.id': 'child', 'enquiry.id': 'enquiry', 'family.id': 'family', 'gatekeeping.id': 'gatekeeping',
  'institution.id': 'institution', 'office.id': 'office', 'matchList.id': 'list', 'proposal.id': 'proposal', 'paymentRun.id': 'run', 'placement.id': 'placement', 'trainingSession.id': 'session', 'visit.id': 'recordedVisit',
  'revokeSession.sessionId': 'accountSession', 'correctEpisode.childId': 'movedChild', 'proposeCorrection.childId': 'movedChild', correctionId: 'correction', 'correction.id': 'correction', 'approvePlacement.placementId': 'plan', 'startPlacement.placementId': 'plan', 'cancelPlacement.placementId': 'plan',
  'recordConsultation.placementId': 'plan', 'signAgreement.placementId': 'plan', 'receiveApplication.enquiryId': 'enquiry', 'recordCheck.adultId': 'applicantAdult', 'renewCheck.adultId': 'applicantAdult', 'moveFamily.familyId': 'applicant', 'preparePaymentRun.officeId': 'province',
  listId: 'list', proposalId: 'proposal', childId: 'child', childIds: 'child', familyId: 'family', adultId: 'adult', applicationId: 'application', campaignId: 'campaign', courseId: 'course', enquiryId: 'enquiry', originalId: 'enquiry', episodeId: 'episode',
  gatekeepingId: 'gatekeeping', institutionId: 'institution', closingGoalId: 'closingGoal', noticeId: 'notice', 'notice.id': 'notice', toInstitutionId: 'institution', messageId: 'message', officeId: 'office', placementId: 'placement', postingId: 'posting', accountId: 'account', actorId: 'account',
  subjectId: 'child', registrationId: 'registration', relativeId: 'relative', runId: 'run', sessionId: 'session', standingId: 'standing', taskId: 'task', trainerId: 'account', visitId: 'visit',
  members: 'account', wordOf: 'account', countersignatureId: 'countersignature', respiteId: 'respite', groupId: 'group', complaintId: 'complaint', 'complaint.id': 'complaint', 'carersGroup.id': 'group', leaderId: 'adult', came: 'adult',
  againstId: 'account', decisionId: 'placement', 'appealComplaint.complaintId': 'answeredComplaint', 'recordExitInterview.familyId': 'closedFamily', documentId: 'waitingDocument', 'openDocument.id': 'document', 'withdrawDocument.documentId': 'document', checkId: 'check', exemptionId: 'exemption', ownChildId: 'ownChild',
  'recordAbsence.childId': 'movedChild', 'recordReturn.childId': 'movedChild', 'recordMissing.childId': 'sibling', 'recordMove.childId': 'sibling', 'recordDeath.childId': 'sibling', 'recordTelling.childId': 'sibling', 'recordReturnTalk.childId': 'sibling', respiteFamilyId: 'family', keptId: 'child', withdrawalId: 'withdrawal', otherId: 'sibling', 'attachAgreementPage.placementId': 'plan', 'attachVisitDocument.visitId': 'recordedVisit',
};

/** Values that a generated one cannot be, by operation and field or by field alone. */
const VALUES: Readonly<Record<string, unknown>> = {
  on: '2026-06-12', from: '2026-06-12', startsOn: '2026-06-20', endsOn: '2026-09-30', seenOn: '2026-06-12', birthDate: '1988-04-02', date: '2014-02-11', validUntil: '2028-06-12', days: ['2026-06-25'],
  areaCode: '020301', month: '2026-06', quarter: '2026-Q1', phone: '012 345 678', languages: ['khm'], login: 'walker-new', password: 'a long enough password', experience: [], number: '0000-0000-0',
  version: 1, capacity: 30, hours: 6, validityMonths: 24, needs: [], careKinds: ['foster'], places: 1, youngest: 3, oldest: 15, section: 'home', score: 3, level: 1, peopleReached: 10, search: 'Zq', name: 'Zq',
  role: 'social_worker', first: 20, code: '02', to: null, until: null, after: null, nextOn: null, arrivedOn: null, originAreaCode: null, homeAreaCode: null, schoolAreaCode: null, decidedOn: '2026-06-01',
  emergency: false, asKnownOn: null, birthYear: null, birthMonth: null, birthAbout: false, state: null, audience: null, kind: undefined, dueBefore: null, accountNumber: null, childNumber: null, toInstitutionId: null, 'decideNotice.childId': null, 'extendTemporaryStay.until': '2026-09-01',
  'recordPlacementFact.emergency': null, 'correctEpisode.startsOn': '2026-05-09', 'correctEpisode.endsOn': null, 'correctEpisode.place': null, 'proposeCorrection.startsOn': '2026-05-09', 'proposeCorrection.endsOn': null, 'proposeCorrection.place': null, respiteFamilyId: null, 'recordReturn.on': '2026-06-13', 'recordMove.to': 'institution', 'recordMove.home': null, 'recordTelling.at': '08:30', 'recordMissing.on': '2026-06-14', 'recordDeath.on': '2026-06-15', 'startPlacement.on': '2026-06-14', 'changePassword.present': 'x', 'openCampaign.startsOn': '2026-06-20', 'setPayee.method': 'cash',
  'setPosting.institutionId': null, 'movePosting.institutionId': null, 'endPlacement.goesTo': 'institution', 'registerForSession.accountId': null, 'recordAttendance.on': '2026-06-10', 'recordView.alone': true,
  'recordConsultation.kind': 'family', 'recordConsultation.alone': null, 'recordConsultation.tooYoungReason': null, 'worklist.kind': null, 'institutions.kind': null, 'offices.kind': null, 'enquiries.state': null,
  'distance.from': '02', 'distance.to': '17', 'openCourse.audience': 'foster_carer', 'standBy.on': '2026-06-12', 'standBy.includeUnavailable': true, 'standBy.age': null, 'standBy.sex': null, 'timeline.on': null, 'acts.from': null,
  'reads.from': null, 'denials.from': null, 'families.search': null, 'areas.search': null, 'families.areaCode': null, 'describeChild.birth': null, 'recordLegalBasis.kind': 'authority_order', 'areas.level': null, 'areas.parent': null,
  'careCounts.areaCode': '02', type: 'EnquiryState', fund: 'national_budget', 'recordRelative.whereabouts': 'known', 'recordRelative.relation': 'mother', 'describeChild.version': 2, 'setPosting.role': 'SOCIAL_WORKER', 'setPosting.from': '2026-06-20', 'movePosting.from': '2026-06-20', 'endPosting.on': '2026-06-20',
  'changeSetting.name': 'casework.record_days', 'changeSetting.value': '14', 'changeSetting.from': '2026-07-01',
  'recordHomeStudy.scores': ['home', 'relationships', 'parenting', 'health', 'money', 'own_children', 'community', 'motive'].map((section) => ({ section, score: 3 })),
  'openCourse.renewsId': null, 'openCourse.modules': null, passMark: null, 'openSession.lessons': null, 'recordAttendance.moduleId': null, waitIfFull: false, 'cancelSession.reason': 'weather',
  'grantExemption.to': '2026-07-12', 'grantExemption.from': '2026-06-12', 'renewCheck.kind': 'identity', 'renewCheck.outcome': 'clear', 'declareTie.relation': null, workerId: null, 'recruitmentFunnel.from': '2026-01-01', 'recruitmentFunnel.until': '2026-06-15', 'issueCertificate.on': '2026-06-12', 'recordEarlierCertificate.from': '2025-01-10', 'recordEarlierCertificate.to': '2027-01-10', 'recordEarlierCertificate.accountId': null, 'recordRespite.from': '2026-07-01', 'recordRespite.to': '2026-07-03', 'recordComplaint.againstId': null, 'recordComplaint.decisionId': null, overReason: null, year: null, 'registerForSession.on': '2026-06-09', 'tapVisit.on': '2026-06-12',
  'checkEpisodes.table': 'child,start\n1,2026-01-01', 'checkEpisodes.episodes': null,
  'loadFamilies.table': 'kind,area_code,carer1_name_latin,carer1_sex,carer1_birth\nfoster,02030101,Walker,f,1985',
};

type IdOf = (kind: string) => string;

/** A value for an argument or an input field: an id of the asked-for province, a value of the list above, or anything of its type. */
function valueOf(operation: string, field: GraphQLArgument | GraphQLInputField, idOf: IdOf): unknown {
  const listed = [`${operation}.${field.name}`, field.name].find((name) => VALUES[name] !== undefined || (name in VALUES && VALUES[name] === null));
  if (field.name === 'requestKey') return newKey();
  const type = getNullableType(field.type) as GraphQLInputType;
  const one = getNamedType(type);
  if (one.name === 'Id') {
    if (listed !== undefined) return VALUES[listed];
    const kind = KINDS[`${operation}.${field.name}`] ?? KINDS[field.name];
    if (kind === undefined) throw new Error(`The walker does not know what ${operation}.${field.name} is the id of: name it in KINDS.`);
    if (operation === 'linkSiblings') return [idOf('child'), idOf('sibling')];
    if (operation === 'presentToPanel' && field.name === 'members') return [idOf('account'), newId(), newId()];
    return isListType(type) ? [idOf(kind)] : idOf(kind);
  }
  if (isInputObjectType(one)) {
    if (listed !== undefined) return VALUES[listed];
    const value = Object.fromEntries(Object.values(one.getFields()).map((inner) => [inner.name, valueOf(operation, inner, idOf)]));
    return isListType(type) ? [value] : value;
  }
  if (listed !== undefined) return VALUES[listed];
  const single = isEnumType(one) ? one.getValues()[0]?.name : ({ String: 'Words', Int: 1, Boolean: true, Day: '2026-06-12', Moment: '2026-06-12T03:00:00Z' } as Record<string, unknown>)[one.name];
  return isListType(type) ? [single] : single;
}

interface Operation {
  readonly kind: 'query' | 'mutation';
  readonly field: GraphQLField<unknown, unknown>;
  /** Where ids go in: by path of input fields. */
  readonly ids: readonly string[];
}

/** Not walked: they make or end the walker's own session, or are open to strangers with a proof of their own. */
const LEFT_OUT = new Set(['signIn', 'refresh', 'acceptInvitation', 'resetPassword', 'signOut', 'changePassword', 'startSecondFactor', 'confirmSecondFactor']);

function operations(): Operation[] {
  return (['query', 'mutation'] as const).flatMap((kind) => {
    const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
    return Object.values(root?.getFields() ?? {}).filter(({ name }) => !LEFT_OUT.has(name)).map((field) => ({ kind, field, ids: idFields(field) }));
  });
}

function idFields(field: GraphQLField<unknown, unknown>): string[] {
  const within = (fields: readonly (GraphQLArgument | GraphQLInputField)[]): string[] =>
    fields.flatMap((one) => {
      const type = getNamedType(one.type);
      return isInputObjectType(type) ? within(Object.values(type.getFields())) : type.name === 'Id' ? [one.name] : [];
    });
  return within(field.args);
}

/** Sends an operation down one chain. */
async function ask(who: Person, operation: Operation, chain: string, idOf: (field: string) => IdOf): Promise<Answer> {
  const { kind, field } = operation;
  const declared = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const given = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const document = `${kind} ${declared && `(${declared})`} { ${field.name}${given && `(${given})`} ${chain} }`;
  const variables = Object.fromEntries(field.args.map((arg) => [arg.name, fill(field.name, arg, idOf)]));
  return who.send(document, variables);
}

function fill(operation: string, arg: GraphQLArgument, idOf: (field: string) => IdOf): unknown {
  const type = getNamedType(arg.type);
  if (!isInputObjectType(type) || `${operation}.${arg.name}` in VALUES) return valueOf(operation, arg, idOf(arg.name));
  return Object.fromEntries(Object.values(type.getFields()).map((inner) => [inner.name, valueOf(operation, inner, idOf(inner.name))]));
}

const codeOf = (answer: Answer): string | undefined => answer.errors?.[0]?.extensions.code;
const ofWorld = (world: World): IdOf => (kind) => world.ids[kind] ?? newId();
const nobody: IdOf = () => newId();

/** What must not be in this answer for this role: whole words of others, and the ids of other people's records that she did not name. */
function leaks(role: Role, answer: Answer, named: readonly string[]): string[] {
  const hidden = [...SECRETS.map((secret) => theirs.canary(secret)), ...SECRETS.filter((secret) => !(MAY_READ[role] ?? []).includes(secret)).map((secret) => mine.canary(secret))];
  const persons = ['child', 'sibling', 'movedChild', 'relative', 'movedRelative', 'adult', 'applicant', 'applicantAdult', 'placement', 'plan', 'gatekeeping', 'enquiry', 'application', 'registration', 'visit', 'payee', 'run', 'task', 'message', 'standing', 'list', 'proposal', 'document', 'waitingDocument', 'check', 'correction'];
  // An auditor reads ids, whosever they are, and no word.
  const foreign = role === 'auditor' ? [] : persons.map((kind) => theirs.ids[kind] ?? '').filter((id) => !named.includes(id));
  return [...hidden, ...foreign].filter((secret) => answer.text.includes(secret));
}

/** Mutations that may reach another province by design: a placement across provinces, a colleague on a panel or a list, a child who objects to a family, a campaign that reached her. */
const ACROSS = new Set(['recordEnquiry', 'planPlacement', 'recordPlacementFact', 'recordObjection', 'recordContactRisk', 'presentToPanel', 'registerForSession', 'openSession', 'endPlacement', 'setPosting', 'movePosting', 'endPosting', 'closeAccount', 'issueResetLink', 'linkSignIn', 'unlinkSignIn', 'resetSecondFactor']);

/** What nobody of a province can do or read before the ministry has done it. */
const FOR_THE_MINISTRY = new Set(['publishQuarter', 'publishedQuarter']);

beforeAll(async () => {
  harness = await Harness.start();
  schema = harness.app.get(GraphQLSchemaHost).schema;
  [mine, theirs] = [await arrangeWorld(harness, 'mine'), await arrangeWorld(harness, 'theirs')];
  for (const role of ROLES) {
    // Finance, supervisors and trainers are posted to the province, others to its town, where nothing else is said.
    people[role] = await signedIn(harness, { role, ...(role === 'para_social_worker' && { institution: mine.ids['institution'] ?? '' }) });
  }
}, 60_000);
afterAll(() => harness.stop());

describe('the walker', () => {
  it('finds nothing of another province, and no fault of ours, whoever asks whatever', async () => {
    const found: string[] = [];
    for (const operation of operations()) {
      const all = chains(operation.field.type);
      for (const role of ROLES) {
        const who = people[role] as Person;
        let denied = false;
        const variants: [string, (field: string) => IdOf][] = [];
        if (operation.ids.length > 0) variants.push(['nobody', () => nobody]);
        variants.push(['theirs', () => ofWorld(theirs)]);
        if (operation.ids.length > 1) for (const id of operation.ids) variants.push([`their ${id}`, (field) => ofWorld(field === id ? theirs : mine)], [`nobody's ${id}`, (field) => (field === id ? nobody : ofWorld(mine))]);
        for (const [at, [name, idOf]] of variants.entries()) {
          // FORBIDDEN even with ids that nobody has is the door's word: nothing else is to be tried.
          if (at > 0 && denied) break;
          // A mutation that succeeds is told with its first chain; a query goes down every one.
          for (const chain of operation.kind === 'query' && name === 'theirs' ? all : all.slice(0, 1)) {
            const answer = await ask(who, operation, chain, idOf);
            const named = operation.ids.flatMap((id) => [theirs.ids[KINDS[`${operation.field.name}.${id}`] ?? KINDS[id] ?? ''] ?? '']).concat(theirs.ids['sibling'] ?? '');
            const tried = `${role}: ${operation.field.name} (${name}) ${chain}`;
            found.push(...leaks(role, answer, operation.ids.length > 0 ? named : []).map((secret) => `${tried} gave ${secret}`));
            if (answer.errors?.some(({ extensions }) => extensions.code === 'INTERNAL')) found.push(`${tried} was INTERNAL`);
            const typename = operation.kind === 'mutation' ? answer.data?.[operation.field.name]?.__typename : undefined;
            if (name === 'theirs' && operation.ids.length > 0 && typename !== undefined && !String(typename).endsWith('Refused') && !ACROSS.has(operation.field.name)) found.push(`${tried} was done`);
            denied ||= at === 0 && name === 'nobody' && codeOf(answer) === 'FORBIDDEN';
            if (codeOf(answer) === 'FORBIDDEN' && (answer.data ?? null) === null) break;
          }
        }
      }
    }
    expect(found).toEqual([]);
  }, 300_000);

  it('is not empty: with her own ids somebody gets through each operation', async () => {
    const stuck: string[] = [];
    const unread: string[] = [];
    const read = new Set<string>();
    // What ends a record comes last, and after what needs its first version.
    const last = ['describeChild', 'closeCampaign', 'cancelPaymentRun', 'cancelPlacement', 'endPlacement', 'closeFamily', 'recordDeath', 'withdrawApplication', 'refuseFamily', 'movePosting', 'endPosting', 'closeAccount'];
    const sorted = operations().sort((a, b) => last.indexOf(a.field.name) - last.indexOf(b.field.name));
    for (const operation of sorted) {
      const codes = new Set<string>();
      let through = false;
      const own = [...ROLES.map((role) => people[role] as Person), mine.staff.supervisor, mine.staff.worker, mine.staff.trainer];
      for (const who of own) {
        for (const chain of operation.kind === 'query' ? chains(operation.field.type) : chains(operation.field.type).slice(0, 1)) {
          const answer = await ask(who, operation, chain, () => ofWorld(mine));
          for (const leak of leaks(who.role, answer, [])) unread.push(`${who.role}: ${operation.field.name} ${chain} gave ${leak}`);
          for (const secret of SECRETS) if (answer.text.includes(mine.canary(secret))) read.add(`${who.role} ${secret}`);
          if ((answer.data?.[operation.field.name] ?? null) !== null) through = true;
          codes.add(`${codeOf(answer)}${answer.errors?.[0]?.extensions.fields?.map(({ path, rule }) => ` ${path} ${rule}`).join('') ?? answer.errors?.[0]?.message ?? ''}`);
          if (codeOf(answer) === 'FORBIDDEN' && (answer.data ?? null) === null) break;
        }
        if (through && operation.kind === 'mutation') break;
      }
      if (!through && !FOR_THE_MINISTRY.has(operation.field.name)) stuck.push(`${operation.field.name}: ${[...codes].join(', ')}`);
    }
    expect(unread).toEqual([]);
    expect(stuck).toEqual([]);
    // Every role that may read a secret of her own province did read it: each canary is really on the way.
    expect([...read].sort()).toEqual(Object.entries(MAY_READ).flatMap(([role, secrets]) => secrets.map((secret) => `${role} ${secret}`)).sort());
  }, 300_000);

  it('left no word of anybody in logs, audit, outbox, tasks or request keys', async () => {
    const kept = await harness.sql<{ text: string }>(
      ['platform.acts', 'platform.reads', 'platform.denials', 'platform.outbox', 'platform.request_keys', 'worklist.tasks', 'worklist.inbox'].map((table) => `select t::text as text from ${table} t`).join(' union all '),
    );
    expect(kept.length).toBeGreaterThan(20);
    const words = [mine, theirs].flatMap((world) => SECRETS.map((secret) => world.canary(secret)));
    const found = [...kept.map(({ text }) => text), ...harness.logLines].filter((text) => words.some((word) => text.includes(word)));
    expect(found).toEqual([]);
  });

  it('can tell: without row security it finds the other province', async () => {
    const operation = operations().find(({ field }) => field.name === 'family');
    if (operation === undefined) throw new Error('there is no query for a family');
    await harness.sql('alter table carers.families disable row level security');
    const answer = await ask(people.social_worker as Person, operation, chains(operation.field.type)[0] ?? '', () => ofWorld(theirs));
    await harness.sql('alter table carers.families enable row level security');
    expect(leaks('social_worker', answer, [theirs.ids['family'] ?? ''])).toContain(theirs.canary('family'));
  });
});
