import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { STUDY_SECTIONS } from '../../src/recruitment/approval.graphql.js';
import { acts } from '../../src/recruitment/recruitment.policy.js';
import { newId } from '../../src/kernel/ids.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

let harness: Harness;
let offices: Offices;
let worker: Person;
let elsewhere: Person;
let supervisor: Person;
let panel: string[];

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  panel = [worker.accountId, supervisor.accountId, elsewhere.accountId];
});
afterAll(() => harness.stop());

const TODAY = '2026-06-15';
const FIELDS = 'Application { id state familyId endedOn dossier { missing } can { act allowed code } }';
const terms = { places: 2, youngest: 0, oldest: 12, sexes: ['female', 'male'], needs: [], careKinds: ['foster', 'emergency'] };

const act = (name: string) => (who: Client, input: object): Promise<Outcome> => who.act(name, { on: TODAY, ...input }, FIELDS, 'RecruitmentRefused');
const recordCheck = act('recordCheck');
const recordSignature = act('recordSignature');
const recordHomeStudy = act('recordHomeStudy');
const presentToPanel = act('presentToPanel');
const approveFamily = act('approveFamily');
const refuseFamily = act('refuseFamily');
const withdrawApplication = act('withdrawApplication');

interface Applying {
  readonly applicationId: string;
  readonly familyId: string;
  readonly adults: readonly string[];
}

async function application(): Promise<Applying> {
  const enquiry = await worker.act('recordEnquiry', { nameLatin: 'Chea Sothy', areaCode: '02030101', on: '2026-06-01' }, 'Enquiry { id }', 'RecruitmentRefused');
  const { result } = await worker.act(
    'receiveApplication',
    {
      enquiryId: enquiry.result.id, on: '2026-06-02', kind: 'foster', languages: ['khm'],
      adults: [{ nameLatin: 'Chea Sothy', sex: 'female', birthDate: '1985-01-01', carer: true }, { nameLatin: 'Chea Rith', sex: 'male', birthDate: '1983-01-01', carer: false }],
    },
    'Application { id familyId }',
    'RecruitmentRefused',
  );
  const adults = await harness.sql<{ id: string }>('select id from carers.adults where family_id = $1 order by carer desc', [result.familyId]);
  return { applicationId: result.id, familyId: result.familyId, adults: adults.map(({ id }) => id) };
}

const scores = STUDY_SECTIONS.map((section) => ({ section, score: 3 }));

async function gathered({ applicationId, familyId, adults }: Applying): Promise<void> {
  for (const adultId of adults) {
    for (const kind of ['identity', 'criminal_record', 'health', 'no_violence']) {
      await recordCheck(worker, { applicationId, adultId, kind, outcome: 'clear', on: '2026-06-03', validUntil: kind === 'health' ? '2027-03-01' : '2028-06-03' });
    }
  }
  for (const party of ['village_chief', 'commune', 'police']) await recordSignature(worker, { applicationId, party, how: 'thumbprint', on: '2026-06-04' });
  await recordHomeStudy(worker, { applicationId, scores, recommended: true, on: '2026-06-05' });
  await harness.sql(`insert into carers.standings (id, family_id, adult_id, code, during, source_id) values ($1, $2, $3, 'certificate', '[2026-06-06,2028-06-06)', $4)`, [newId(), familyId, adults[0], newId()]);
}

async function presented(): Promise<Applying> {
  const made = await application();
  await gathered(made);
  await presentToPanel(worker, { applicationId: made.applicationId, members: panel, on: '2026-06-10' });
  return made;
}

describe('a household is looked into', () => {
  it('and stands as checked when every check is clear, until the first lapses', async () => {
    const made = await application();
    const { applicationId, adults } = made;
    const first = await recordCheck(worker, { applicationId, adultId: adults[0], kind: 'identity', outcome: 'clear', validUntil: '2030-01-01' });
    expect(first.result).toMatchObject({ __typename: 'Application', state: 'checking' });
    expect(first.result.dossier.missing).toEqual(['checks:2', 'signature:village_chief', 'signature:commune', 'signature:police', 'home_study', 'certificate:1']);
    await gathered(made);
    const standings = await harness.sql<{ text: string }>(`select during::text as text from carers.standings where family_id = $1 and code = 'check'`, [made.familyId]);
    expect(standings.map(({ text }) => text)).toEqual(expect.arrayContaining(['[2026-06-03,2027-03-01)', '[2026-06-03,2027-03-01)']));
  });

  it('and a concern takes the standing away from that day', async () => {
    const made = await application();
    await gathered(made);
    await recordCheck(worker, { applicationId: made.applicationId, adultId: made.adults[1], kind: 'no_violence', outcome: 'concern', on: '2026-06-12', validUntil: '2026-12-12' });
    const [row] = await harness.sql<{ text: string }>(`select during::text as text from carers.standings where adult_id = $1 and code = 'check'`, [made.adults[1]]);
    expect(row?.text).toBe('[2026-06-03,2026-06-12)');
    const reasons = async (who: Client) => {
      const { data } = await who.send('{ standBy(areaCode: "02030101", careKind: foster, first: 100, includeUnavailable: true) { nodes { family { id } reasons { code adultId details } } } }');
      return data.standBy.nodes.find((node: { family: { id: string } }) => node.family.id === made.familyId).reasons;
    };
    expect(await reasons(worker)).toContainEqual({ code: 'ASK_SUPERVISOR', adultId: null, details: [] });
    expect(JSON.stringify(await reasons(worker))).not.toContain('CHECK_MISSING');
    expect(await reasons(supervisor)).toContainEqual({ code: 'CHECK_MISSING', adultId: made.adults[1], details: ['concern'] });
    const { result } = await presentToPanel(worker, { applicationId: made.applicationId, members: panel });
    expect(result).toMatchObject({ code: 'NOT_COMPLETE', details: [{ name: 'missing', values: ['checks:1'] }] });
  });

  it('once per request key', async () => {
    const { applicationId, adults } = await application();
    const check = { applicationId, adultId: adults[0], kind: 'identity', outcome: 'clear', validUntil: '2030-01-01', requestKey: newKey() };
    await recordCheck(worker, check);
    expect((await recordCheck(worker, check)).result.id).toBe(applicationId);
    expect(await harness.sql('select id from recruitment.checks where adult_id = $1', [adults[0]])).toHaveLength(1);
    const signature = { applicationId, party: 'police', how: 'signed', requestKey: newKey() };
    await recordSignature(worker, signature);
    expect((await recordSignature(worker, signature)).result.__typename).toBe('Application');
    expect((await recordSignature(worker, { ...signature, requestKey: newKey() })).result.code).toBe('SIGNED_ALREADY');
    const study = { applicationId, scores, recommended: false, requestKey: newKey() };
    expect((await recordHomeStudy(worker, study)).result.state).toBe('studying');
    expect((await recordHomeStudy(worker, study)).result.state).toBe('studying');
    expect(await harness.sql('select id from recruitment.home_studies where application_id = $1', [applicationId])).toHaveLength(1);
  });

  it('never before it applied, with reversed days, for a stranger, or from another office', async () => {
    const { applicationId, adults } = await application();
    const check = { applicationId, adultId: adults[0], kind: 'identity', outcome: 'clear', validUntil: '2030-01-01' };
    expect((await recordCheck(worker, { ...check, on: '2026-06-01' })).result).toMatchObject({ code: 'BEFORE_APPLICATION' });
    expect((await recordCheck(worker, { ...check, validUntil: TODAY })).result.code).toBe('DATES_REVERSED');
    expect((await recordCheck(worker, { ...check, adultId: newKey() })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await recordCheck(elsewhere, check)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await recordHomeStudy(worker, { applicationId, recommended: true, scores: [] })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await recordHomeStudy(worker, { applicationId, recommended: true, scores: [...scores.slice(1), scores[1]] })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(await harness.sql('select id from recruitment.checks where adult_id = $1', [adults[0]])).toEqual([]);
  });

  it('by the form of the study\'s own day: every section, every score in its range', async () => {
    const { applicationId } = await application();
    const study = (who: Client, input: object): Promise<Outcome> => who.act('recordHomeStudy', { on: TODAY, applicationId, recommended: false, scores, ...input }, 'Application { id homeStudies { form on motives motiveTalkNeeded scores { section score } } }', 'RecruitmentRefused');
    expect((await study(worker, { scores: scores.slice(1) })).result).toMatchObject({ code: 'STUDY_NOT_WHOLE', details: expect.arrayContaining([{ name: 'missing', values: ['home'] }]) });
    expect((await study(worker, { scores: [...scores, { section: 'garden', score: 3 }] })).result).toMatchObject({ code: 'STUDY_NOT_WHOLE', details: expect.arrayContaining([{ name: 'unknown', values: ['garden'] }]) });
    for (const score of [0, 5]) expect((await study(worker, { scores: [{ section: 'home', score }, ...scores.slice(1)] })).result.code).toBe('SCORE_OUT_OF_RANGE');
    await harness.sql(`update platform.settings set during = daterange('1900-01-01', '2026-06-14') where name = 'recruitment.home_study_form'`);
    await harness.sql(`insert into platform.settings (name, during, value, citation) values ('recruitment.home_study_form', '[2026-06-14,)', '{"version": "HS-2", "sections": ["house", "people"], "lowest": 0, "highest": 10}', 'a test')`);
    try {
      await study(worker, { on: '2026-06-13', motives: ['debt'] });
      const second = [{ section: 'house', score: 0 }, { section: 'people', score: 10 }];
      expect((await study(worker, { scores: second, on: '2026-06-13' })).result.code).toBe('STUDY_NOT_WHOLE');
      expect((await study(worker, {})).result.code).toBe('STUDY_NOT_WHOLE');
      expect((await study(worker, { scores: second })).result.homeStudies).toMatchObject([
        { form: 'HS-2', on: TODAY, motives: [], motiveTalkNeeded: false, scores: expect.arrayContaining(second) }, { form: 'HS-1', on: '2026-06-13', motives: ['debt'], motiveTalkNeeded: true },
      ]);
    } finally {
      await harness.sql(`delete from platform.settings where name = 'recruitment.home_study_form' and citation = 'a test'`);
      await harness.sql(`update platform.settings set during = '[1900-01-01,)' where name = 'recruitment.home_study_form'`);
    }
  });

  it('with references of several neighbours, as many as the setting asks for', async () => {
    const { applicationId } = await application();
    await harness.sql(`update platform.settings set value = '2' where name = 'recruitment.neighbours'`);
    const missing = (outcome: Outcome) => outcome.result.dossier.missing.filter((one: string) => one.startsWith('neighbours'));
    expect(missing(await recordSignature(worker, { applicationId, party: 'neighbour', how: 'signed', note: 'They are kind.' }))).toEqual(['neighbours:1']);
    expect(missing(await recordSignature(worker, { applicationId, party: 'neighbour', how: 'thumbprint' }))).toEqual([]);
    await harness.sql(`update platform.settings set value = '0' where name = 'recruitment.neighbours'`);
  });

  it('and each stage it stands in is a row, and a task when it stands there for too long', async () => {
    const made = await presented();
    const open = () => harness.sql(`select detail, due_on from worklist.tasks where subject_id = $1 and kind = 'recruitment.application_waits' and state = 'open'`, [made.applicationId]);
    expect(await harness.sql('select state, entered_on from recruitment.application_steps where application_id = $1 order by id', [made.applicationId])).toEqual([
      { state: 'received', entered_on: '2026-06-02' }, { state: 'checking', entered_on: '2026-06-03' }, { state: 'training', entered_on: '2026-06-05' }, { state: 'panel', entered_on: '2026-06-10' },
    ]);
    expect(await open()).toEqual([{ detail: 'panel', due_on: '2026-06-24' }]);
    await withdrawApplication(worker, { applicationId: made.applicationId });
    expect(await open()).toEqual([]);
  });

  it('by nobody without the posting', async () => {
    const id = newKey();
    await expectDenied(harness, acts['check.record'], (who) => recordCheck(who, { applicationId: id, adultId: id, kind: 'identity', outcome: 'clear', validUntil: '2030-01-01' }));
    await expectDenied(harness, acts['signature.record'], (who) => recordSignature(who, { applicationId: id, party: 'police', how: 'signed' }));
    await expectDenied(harness, acts['home_study.record'], (who) => recordHomeStudy(who, { applicationId: id, scores, recommended: true }));
  });

  it('but not by who lives there', async () => {
    const { applicationId, adults } = await application();
    await harness.sql('update carers.adults set account_id = $2 where id = $1', [adults[0], worker.accountId]);
    expect((await recordHomeStudy(worker, { applicationId, scores, recommended: true })).result.code).toBe('CONFLICT_OF_INTEREST');
  });
});

/** What an application's `can` foretells to somebody of one act: the code of a no, or `yes`. */
async function foretold(who: Client, id: string, name: string): Promise<string> {
  const { data } = await who.send('query ($id: Id!) { application(id: $id) { can { act allowed code } } }', { id });
  const one = data.application.can.find((known: { act: string }) => known.act === name);
  return one.allowed ? 'yes' : one.code;
}

describe('a motive that asks for a talk', () => {
  const talk = (who: Client, input: object): Promise<Outcome> => act('recordMotiveTalk')(who, input);

  it('keeps the panel from meeting and from deciding until a supervisor has talked with the household', async () => {
    const made = await application();
    const { applicationId } = made;
    await gathered(made);
    await recordHomeStudy(worker, { applicationId, scores, recommended: true, motives: ['wish_to_adopt'], on: '2026-06-08' });
    // A talk before it was heard of is none about it.
    await talk(supervisor, { applicationId, on: '2026-06-07' });
    expect((await presentToPanel(worker, { applicationId, members: panel, on: '2026-06-10' })).result.code).toBe('MOTIVE_TALK_NEEDED');
    expect(await foretold(worker, applicationId, 'application.present')).toBe('MOTIVE_TALK_NEEDED');
    expect(await foretold(supervisor, applicationId, 'motive_talk.record')).toBe('yes');
    await talk(supervisor, { applicationId, on: '2026-06-09' });
    expect((await presentToPanel(worker, { applicationId, members: panel, on: '2026-06-10' })).result.state).toBe('panel');
    await harness.sql('delete from recruitment.motive_talks where application_id = $1', [applicationId]);
    expect((await approveFamily(supervisor, { applicationId, terms, reason: 'Yes.' })).result.code).toBe('MOTIVE_TALK_NEEDED');
    expect((await refuseFamily(supervisor, { applicationId, reason: 'No.' })).result.code).toBe('MOTIVE_TALK_NEEDED');
    for (const name of ['application.approve', 'application.refuse']) expect(await foretold(supervisor, applicationId, name)).toBe('MOTIVE_TALK_NEEDED');
    const decide = `update recruitment.panels set decided_on = $2, decided_by = $3, outcome = 'refused', reason = 'No.' where application_id = $1`;
    await expect(harness.sql(decide, [applicationId, TODAY, supervisor.accountId])).rejects.toMatchObject({ constraint: 'panels_talked' });
    const requestKey = newKey();
    expect((await talk(supervisor, { applicationId, requestKey })).result.state).toBe('panel');
    expect((await talk(supervisor, { applicationId, requestKey })).result.state).toBe('panel');
    expect(await harness.sql('select id from recruitment.motive_talks where application_id = $1', [applicationId])).toHaveLength(1);
    expect((await approveFamily(supervisor, { applicationId, terms, reason: 'Yes.' })).result.state).toBe('approved');
    expect((await talk(supervisor, { applicationId })).result.code).toBe('APPLICATION_STATE');
  });

  it('is talked about after the household applied, by a supervisor who is not tied to it', async () => {
    const { applicationId, familyId } = await application();
    expect((await talk(supervisor, { applicationId, on: '2026-06-01' })).result.code).toBe('BEFORE_APPLICATION');
    await supervisor.act('declareTie', { on: TODAY, familyId, accountId: supervisor.accountId, relation: 'cousin' }, 'Family { id }', 'RecruitmentRefused');
    expect((await talk(supervisor, { applicationId })).result.code).toBe('CONFLICT_OF_INTEREST');
    await expectDenied(harness, acts['motive_talk.record'], (who) => talk(who, { applicationId }));
  });
});

describe('an appeal', () => {
  const FIELDS_OF_APPEAL = 'Application { id state endedOn appeals { adultId on reason outcome decidedOn decision } }';
  const appeal = (who: Client, input: object): Promise<Outcome> => who.act('appealRefusal', { on: TODAY, reason: 'The debt is paid.', ...input }, FIELDS_OF_APPEAL, 'RecruitmentRefused');
  const decide = (who: Client, input: object): Promise<Outcome> => who.act('decideAppeal', { on: TODAY, outcome: 'upheld', reason: 'It is.', ...input }, FIELDS_OF_APPEAL, 'RecruitmentRefused');
  let other: Person;
  const refusedOn = async (on = '2026-06-11'): Promise<Applying> => {
    const made = await presented();
    await refuseFamily(supervisor, { applicationId: made.applicationId, reason: 'Debt.', on });
    return made;
  };
  beforeAll(async () => {
    other = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  });

  it('is made once, decided by another, and upheld opens the application for another panel', async () => {
    const made = await refusedOn();
    const { applicationId, adults } = made;
    const requestKey = newKey();
    const filed = await appeal(worker, { applicationId, adultId: adults[0], on: '2026-06-12', requestKey });
    expect(filed.result).toMatchObject({ state: 'refused', appeals: [{ adultId: adults[0], on: '2026-06-12', reason: 'The debt is paid.', outcome: null, decidedOn: null, decision: null }] });
    expect((await appeal(worker, { applicationId, adultId: adults[0], on: '2026-06-12', requestKey })).result).toEqual(filed.result);
    expect((await appeal(worker, { applicationId })).result).toMatchObject({ code: 'APPEAL_KNOWN' });
    expect((await decide(supervisor, { applicationId })).result.code).toBe('OWN_DECISION');
    expect(await foretold(supervisor, applicationId, 'application.decideAppeal')).toBe('OWN_DECISION');
    expect(await foretold(other, applicationId, 'application.decideAppeal')).toBe('yes');
    expect(await foretold(worker, applicationId, 'application.appeal')).toBe('APPEAL_KNOWN');
    expect((await decide(other, { applicationId, on: '2026-06-11' })).result.code).toBe('BEFORE_APPEAL');
    await expect(harness.sql(`update recruitment.appeals set decided_on = $2, decided_by = $3, outcome = 'upheld', decision = 'x' where application_id = $1`, [applicationId, TODAY, supervisor.accountId])).rejects.toMatchObject({ constraint: 'appeals_another' });
    const key = newKey();
    const upheld = await decide(other, { applicationId, on: '2026-06-13', requestKey: key });
    expect(upheld.result).toMatchObject({ state: 'training', endedOn: null, appeals: [{ outcome: 'upheld', decidedOn: '2026-06-13', decision: 'It is.' }] });
    expect((await decide(other, { applicationId, on: '2026-06-13', requestKey: key })).result).toEqual(upheld.result);
    expect((await decide(other, { applicationId })).result.code).toBe('APPLICATION_STATE');
    await presentToPanel(worker, { applicationId, members: panel, on: '2026-06-14' });
    expect((await approveFamily(supervisor, { applicationId, terms, reason: 'The debt is paid.' })).result.state).toBe('approved');
    expect(await harness.sql('select outcome from recruitment.panels where application_id = $1 order by met_on', [applicationId])).toEqual([{ outcome: 'refused' }, { outcome: 'approved' }]);
  });

  it('is refused too late, too early, before a refusal, and decided by nobody who is tied or where there is none', async () => {
    const { applicationId, familyId } = await refusedOn();
    expect((await decide(other, { applicationId })).result.code).toBe('APPEAL_UNKNOWN');
    expect((await appeal(worker, { applicationId, on: '2026-06-10' })).result.code).toBe('BEFORE_DECISION');
    await harness.sql(`update platform.settings set value = '3' where name = 'recruitment.appeal_days'`);
    expect(await foretold(worker, applicationId, 'application.appeal')).toBe('APPEAL_TOO_LATE');
    expect((await appeal(worker, { applicationId })).result).toMatchObject({ code: 'APPEAL_TOO_LATE', details: [{ name: 'until', values: ['2026-06-14'] }] });
    const km = await worker.act('appealRefusal', { on: TODAY, reason: 'x', applicationId }, 'Application { id }', 'RecruitmentRefused', 'km');
    expect(km.result.message).toContain('បណ្ដឹងតវ៉ា');
    await harness.sql(`update platform.settings set value = '30' where name = 'recruitment.appeal_days'`);
    expect((await appeal(worker, { applicationId, adultId: newKey() })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    await appeal(worker, { applicationId });
    await worker.act('declareTie', { on: TODAY, familyId, accountId: other.accountId, relation: 'sibling' }, 'Family { id }', 'RecruitmentRefused');
    expect((await decide(other, { applicationId })).result.code).toBe('CONFLICT_OF_INTEREST');
    expect(await foretold(other, applicationId, 'application.decideAppeal')).toBe('CONFLICT_OF_INTEREST');
    const third = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
    const dismissed = await decide(third, { applicationId, outcome: 'dismissed' });
    expect(dismissed.result).toMatchObject({ state: 'refused', endedOn: '2026-06-11', appeals: [{ outcome: 'dismissed' }] });
    expect((await appeal(worker, { applicationId: (await application()).applicationId })).result.code).toBe('APPLICATION_STATE');
    await expectDenied(harness, acts['application.appeal'], (who) => appeal(who, { applicationId }));
    await expectDenied(harness, acts['application.decideAppeal'], (who) => decide(who, { applicationId }));
  });
});

describe('who is tied to a family', () => {
  const declareTie = (who: Client, input: object): Promise<Outcome> => who.act('declareTie', { on: TODAY, ...input }, 'Family { id ties { accountId adultId relation } }', 'RecruitmentRefused');
  const withdrawTie = (who: Client, input: object): Promise<Outcome> => who.act('withdrawTie', { on: TODAY, ...input }, 'Family { id ties { accountId } }', 'RecruitmentRefused');
  const conflict = (how: string) => ({ code: 'CONFLICT_OF_INTEREST', details: [{ name: 'how', values: [how] }] });

  it('is declared once: an adult of the home, or a relative; and checks, studies, presents, sits and decides nothing', async () => {
    const made = await application();
    const { applicationId, familyId, adults } = made;
    await gathered(made);
    const [cousin, colleague, carer] = [await signedIn(harness, { role: 'social_worker', office: offices.battambang }), await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown }), await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown })];
    const requestKey = newKey();
    const { result } = await declareTie(worker, { familyId, accountId: cousin.accountId, relation: 'cousin', requestKey });
    expect(result).toEqual({ __typename: 'Family', id: familyId, ties: [{ accountId: cousin.accountId, adultId: null, relation: 'cousin' }] });
    expect((await declareTie(worker, { familyId, accountId: cousin.accountId, relation: 'cousin', requestKey })).result).toEqual(result);
    expect((await declareTie(worker, { familyId, accountId: cousin.accountId, relation: 'sibling' })).result.code).toBe('TIE_KNOWN');
    expect((await declareTie(worker, { familyId, accountId: carer.accountId, adultId: adults[1] })).result.ties).toContainEqual({ accountId: carer.accountId, adultId: adults[1], relation: null });
    expect((await declareTie(worker, { familyId, accountId: cousin.accountId, adultId: adults[1] })).result.code).toBe('TIE_KNOWN');
    const check = { applicationId, adultId: adults[0], kind: 'health', outcome: 'clear', validUntil: '2027-01-01' };
    expect((await recordCheck(cousin, check)).result).toMatchObject(conflict('relative'));
    expect((await recordSignature(cousin, { applicationId, party: 'neighbour', how: 'signed' })).result).toMatchObject(conflict('relative'));
    expect((await recordHomeStudy(cousin, { applicationId, scores, recommended: true })).result).toMatchObject(conflict('relative'));
    for (const name of ['check.record', 'signature.record', 'home_study.record']) expect([await foretold(cousin, applicationId, name), await foretold(worker, applicationId, name)]).toEqual(['CONFLICT_OF_INTEREST', 'yes']);
    expect(await foretold(cousin, applicationId, 'application.withdraw')).toBe('yes');
    expect((await presentToPanel(cousin, { applicationId, members: [worker.accountId, supervisor.accountId, cousin.accountId] })).result).toMatchObject(conflict('relative'));
    for (const [member, how] of [[cousin, 'relative'], [colleague, 'colleague'], [carer, 'household']] as const) {
      expect((await presentToPanel(worker, { applicationId, members: [worker.accountId, supervisor.accountId, member.accountId] })).result).toMatchObject(conflict(how));
    }
    expect(await harness.sql('select id from recruitment.panels where application_id = $1', [applicationId])).toEqual([]);
  });

  it('decides nothing either when it came to light after the panel had met, and neither does a panel with her', async () => {
    const { applicationId, familyId } = await presented();
    const second = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
    await declareTie(worker, { familyId, accountId: second.accountId, relation: 'in_law' });
    expect((await approveFamily(second, { applicationId, terms, reason: 'Yes.' })).result).toMatchObject(conflict('relative'));
    expect((await refuseFamily(second, { applicationId, reason: 'No.' })).result).toMatchObject(conflict('relative'));
    for (const name of ['application.approve', 'application.refuse', 'application.dissolvePanel']) expect([await foretold(second, applicationId, name), await foretold(supervisor, applicationId, name)]).toEqual(['CONFLICT_OF_INTEREST', 'yes']);
    await declareTie(worker, { familyId, accountId: elsewhere.accountId, relation: 'godparent' });
    expect((await approveFamily(supervisor, { applicationId, terms, reason: 'Yes.' })).result).toMatchObject(conflict('relative'));
    // Of a panel with somebody tied nobody may decide; dissolving it she may.
    expect([await foretold(supervisor, applicationId, 'application.approve'), await foretold(supervisor, applicationId, 'application.dissolvePanel')]).toEqual(['CONFLICT_OF_INTEREST', 'yes']);
    const km = await supervisor.act('refuseFamily', { on: TODAY, applicationId, reason: 'No.' }, 'Application { id }', 'RecruitmentRefused', 'km');
    expect(km.result.message).toContain('សាច់ញាតិ');
  });

  it('gives way to another panel where a member\'s tie came to light after it met', async () => {
    const { applicationId, familyId } = await presented();
    const dissolve = act('dissolvePanel');
    const input = { applicationId, reason: 'A cousin sat on it.', requestKey: newKey() };
    await declareTie(worker, { familyId, accountId: elsewhere.accountId, relation: 'cousin' });
    expect((await approveFamily(supervisor, { applicationId, terms, reason: 'Yes.' })).result).toMatchObject(conflict('relative'));
    expect((await dissolve(supervisor, { ...input, on: '2026-06-09' })).result.code).toBe('BEFORE_PANEL');
    expect((await dissolve(supervisor, input)).result).toMatchObject({ state: 'training', endedOn: null });
    expect((await dissolve(supervisor, input)).result.state).toBe('training');
    expect((await dissolve(supervisor, { ...input, requestKey: newKey() })).result.code).toBe('APPLICATION_STATE');
    const stranger = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
    expect((await presentToPanel(worker, { applicationId, members: [worker.accountId, supervisor.accountId, stranger.accountId] })).result.state).toBe('panel');
    const tied = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
    await declareTie(worker, { familyId, accountId: tied.accountId, relation: 'cousin' });
    expect((await dissolve(tied, { ...input, requestKey: newKey() })).result).toMatchObject(conflict('relative'));
    expect((await approveFamily(supervisor, { applicationId, terms, reason: 'Yes.' })).result.state).toBe('approved');
    await expectDenied(harness, acts['application.dissolvePanel'], (who) => dissolve(who, { ...input, requestKey: newKey() }));
  });

  it('is untied by a supervisor who is not tied herself', async () => {
    const { familyId, adults } = await application();
    await declareTie(worker, { familyId, accountId: supervisor.accountId, relation: 'cousin' });
    await declareTie(worker, { familyId, accountId: elsewhere.accountId, adultId: adults[0] });
    const second = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
    expect((await withdrawTie(supervisor, { familyId, accountId: supervisor.accountId })).result).toMatchObject(conflict('relative'));
    const requestKey = newKey();
    expect((await withdrawTie(second, { familyId, accountId: supervisor.accountId, requestKey })).result.ties).toEqual([{ accountId: elsewhere.accountId }]);
    expect((await withdrawTie(second, { familyId, accountId: supervisor.accountId, requestKey })).result.__typename).toBe('Family');
    expect((await withdrawTie(second, { familyId, accountId: supervisor.accountId })).result.code).toBe('TIE_UNKNOWN');
    expect((await withdrawTie(second, { familyId, accountId: elsewhere.accountId })).result.ties).toEqual([]);
  });

  it('is one of the two, an account and an adult that are there, in the office\'s own families', async () => {
    const { familyId, adults } = await application();
    const tie = { familyId, accountId: worker.accountId };
    const bad = async (input: object) => (await declareTie(worker, { ...tie, ...input })).errors?.[0]?.extensions;
    expect(await bad({})).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'adultId' }] });
    expect(await bad({ adultId: adults[0], relation: 'other' })).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'relation' }] });
    expect(await bad({ relation: 'other', accountId: newKey() })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await bad({ adultId: (await application()).adults[0] })).toMatchObject({ code: 'NOT_FOUND' });
    expect((await declareTie(elsewhere, { ...tie, relation: 'other' })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(await harness.sql('select id from carers.family_ties where family_id = $1', [familyId])).toEqual([]);
    await expectDenied(harness, acts['tie.declare'], (who) => declareTie(who, { ...tie, relation: 'other' }));
    await expectDenied(harness, acts['tie.withdraw'], (who) => withdrawTie(who, tie));
  });

  it('gets past none of the tables, whoever forgets to ask', async () => {
    const { applicationId, familyId } = await presented();
    await declareTie(worker, { familyId, accountId: supervisor.accountId, relation: 'parent' });
    const study = `insert into recruitment.home_studies (id, application_id, office_id, form, done_on, done_by, scores, recommended, motive_talk_needed) values ($1, $2, $3, 'HS-1', $4, $5, '{}', true, false)`;
    await expect(harness.sql(study, [newId(), applicationId, offices.battambangTown, TODAY, supervisor.accountId])).rejects.toMatchObject({ constraint: 'home_studies_apart' });
    await expect(harness.sql(`update recruitment.panels set decided_on = $2, decided_by = $3, outcome = 'approved' where application_id = $1`, [applicationId, TODAY, supervisor.accountId])).rejects.toMatchObject({ constraint: 'panels_apart' });
  });
});

describe('a panel', () => {
  it('hears a whole dossier with three members, one from outside', async () => {
    const made = await application();
    const { applicationId } = made;
    expect((await presentToPanel(worker, { applicationId, members: panel })).result).toMatchObject({ code: 'APPLICATION_STATE', details: [{ name: 'state', values: ['received'] }] });
    await gathered(made);
    const colleague = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
    const third = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
    expect((await presentToPanel(worker, { applicationId, members: [panel[0], panel[0], panel[1]] })).result.code).toBe('PANEL_OF_THREE');
    expect((await presentToPanel(worker, { applicationId, members: [panel[0], panel[1], newKey()] })).result.code).toBe('PANEL_OF_THREE');
    for (const gone of [`update staff.postings set withdrawn_at = clock_timestamp() where account_id = $1`, `update staff.accounts set state = 'closed' where id = $1`]) {
      const former = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
      await harness.sql(gone, [former.accountId]);
      expect((await presentToPanel(worker, { applicationId, members: [panel[0], panel[1], former.accountId] })).result.code).toBe('PANEL_OF_THREE');
    }
    expect((await presentToPanel(worker, { applicationId, members: [worker.accountId, colleague.accountId, third.accountId] })).result.code).toBe('PANEL_ALL_INSIDE');
    expect((await presentToPanel(worker, { applicationId, members: panel, on: '2026-06-01' })).result.code).toBe('BEFORE_APPLICATION');
    const requestKey = newKey();
    expect((await presentToPanel(worker, { applicationId, members: panel, requestKey })).result).toMatchObject({ state: 'panel', dossier: { missing: [] } });
    expect((await presentToPanel(worker, { applicationId, members: panel, requestKey })).result.state).toBe('panel');
    expect(await harness.sql('select id from recruitment.panels where application_id = $1', [applicationId])).toHaveLength(1);
  });

  it('has no member of the household', async () => {
    const made = await application();
    await gathered(made);
    await harness.sql('update carers.adults set account_id = $2 where id = $1', [made.adults[1], supervisor.accountId]);
    expect((await presentToPanel(worker, { applicationId: made.applicationId, members: panel })).result.code).toBe('CONFLICT_OF_INTEREST');
  });

  it('is called by nobody without the posting', () =>
    expectDenied(harness, acts['application.present'], (who) => presentToPanel(who, { applicationId: newKey(), members: [newKey(), newKey(), newKey()] })));
});

describe('a supervisor', () => {
  it('approves with terms; the family has its places and stands approved for a year', async () => {
    const { applicationId, familyId } = await presented();
    const input = { applicationId, terms, reason: 'A calm home near the school.', requestKey: newKey() };
    const { result } = await approveFamily(supervisor, input);
    expect(result).toMatchObject({ __typename: 'Application', state: 'approved', endedOn: TODAY, can: expect.arrayContaining([{ act: 'application.approve', allowed: false, code: 'APPLICATION_STATE' }]) });
    expect((await approveFamily(supervisor, input)).result).toEqual(result);
    expect(await harness.sql(`select slot, during::text from carers.family_places where family_id = $1 order by slot`, [familyId])).toEqual([
      { slot: 1, during: `[${TODAY},)` }, { slot: 2, during: `[${TODAY},)` },
    ]);
    expect(await harness.sql(`select during::text from carers.standings where family_id = $1 and code = 'approval'`, [familyId])).toEqual([{ during: `[${TODAY},2027-06-15)` }]);
    expect(await harness.sql(`select event from platform.outbox where subject_id = $1 and event = 'application.approved'`, [applicationId])).toHaveLength(1);
  });

  it('decides once, when two decide at the same moment', async () => {
    const { applicationId } = await presented();
    const second = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
    const both = await Promise.all([
      approveFamily(supervisor, { applicationId, terms, reason: 'Yes.' }),
      refuseFamily(second, { applicationId, reason: 'No.' }),
    ]);
    expect(both.map(({ result }) => result.code ?? 'decided').sort()).toEqual(['APPLICATION_STATE', 'decided']);
  });

  it.each([
    ['ABOVE_LIMIT', { terms: { ...terms, places: 4 } }],
    ['AGES_REVERSED', { terms: { ...terms, youngest: 9, oldest: 8 } }],
    ['OTHER_CARE_KIND', { terms: { ...terms, careKinds: ['kinship'] } }],
    ['BEFORE_PANEL', { on: '2026-06-09' }],
  ])('is refused: %s', async (code, input) => {
    const { applicationId, familyId } = await presented();
    expect((await approveFamily(supervisor, { applicationId, terms, reason: 'Yes.', ...input })).result).toMatchObject({ code });
    expect(await harness.sql('select slot from carers.family_places where family_id = $1', [familyId])).toEqual([]);
  });

  it('without the certificate that approving asks for does not approve, and may still refuse', async () => {
    const { applicationId, familyId } = await presented();
    const bare = await signedIn(harness, { role: 'supervisor', office: offices.battambang, certified: false });
    expect((await approveFamily(bare, { applicationId, terms, reason: 'Yes.' })).result).toMatchObject({ code: 'STAFF_CERTIFICATE', details: [{ name: 'certificates', values: ['government_social_worker', 'senior_official'] }] });
    expect(await harness.sql('select slot from carers.family_places where family_id = $1', [familyId])).toEqual([]);
    expect((await refuseFamily(bare, { applicationId, reason: 'Not now.' })).result).toMatchObject({ state: 'refused' });
  });

  it('does not approve what has lapsed since the panel met', async () => {
    const { applicationId, familyId } = await presented();
    await harness.sql(`update carers.standings set during = '[2026-06-06,2026-06-14)' where family_id = $1 and code = 'certificate'`, [familyId]);
    expect((await approveFamily(supervisor, { applicationId, terms, reason: 'Yes.' })).result).toMatchObject({ code: 'NOT_COMPLETE', details: [{ values: ['certificate:1'] }] });
  });

  it('lets no family stand by that was closed while it applied; it may still be refused', async () => {
    const { applicationId, familyId, adults } = await presented();
    const other = await application();
    await gathered(other);
    const close = (id: string): Promise<Outcome> => supervisor.act('closeFamily', { familyId: id, on: TODAY, reason: 'moved_away' }, 'Family { id }', 'CarersRefused');
    for (const id of [familyId, other.familyId]) expect((await close(id)).result.__typename).toBe('Family');
    const closed = { code: 'FAMILY_CLOSED', details: [{ name: 'closedOn', values: [TODAY] }] };
    expect((await approveFamily(supervisor, { applicationId, terms, reason: 'Yes.' })).result).toMatchObject(closed);
    expect((await presentToPanel(worker, { applicationId: other.applicationId, members: panel })).result).toMatchObject(closed);
    expect((await recordCheck(worker, { applicationId, adultId: adults[0], kind: 'health', outcome: 'clear', validUntil: '2027-03-01' })).result).toMatchObject(closed);
    expect(await harness.sql(`select code from carers.standings where family_id = $1 and code = 'approval'`, [familyId])).toEqual([]);
    const told = (await supervisor.send(`query ($id: Id!) { application(id: $id) { can { act code } } }`, { id: applicationId })).data.application.can as { act: string; code: string | null }[];
    expect(told.filter(({ act: name }) => ['application.approve', 'check.record', 'application.refuse'].includes(name)).map(({ code }) => code)).toEqual(['FAMILY_CLOSED', 'FAMILY_CLOSED', null]);
    expect((await refuseFamily(supervisor, { applicationId, reason: 'They moved away.' })).result.state).toBe('refused');
    expect((await withdrawApplication(worker, { applicationId: other.applicationId })).result.state).toBe('withdrawn');
  });

  it('does not decide what she studied, or on her own household', async () => {
    const made = await application();
    await gathered(made);
    await recordHomeStudy(supervisor, { applicationId: made.applicationId, scores, recommended: true });
    await presentToPanel(worker, { applicationId: made.applicationId, members: panel });
    expect((await approveFamily(supervisor, { applicationId: made.applicationId, terms, reason: 'Yes.' })).result.code).toBe('OWN_STUDY');
    const other = await presented();
    const second = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
    await harness.sql('update carers.adults set account_id = $2 where id = $1', [other.adults[1], second.accountId]);
    expect((await refuseFamily(second, { applicationId: other.applicationId, reason: 'No.' })).result.code).toBe('CONFLICT_OF_INTEREST');
  });

  it('refuses with reasons, and a household withdraws', async () => {
    const refused = await presented();
    const requestKey = newKey();
    expect((await refuseFamily(supervisor, { applicationId: refused.applicationId, reason: 'Not now.', requestKey })).result.state).toBe('refused');
    expect((await refuseFamily(supervisor, { applicationId: refused.applicationId, reason: 'Not now.', requestKey })).result.state).toBe('refused');
    const { applicationId } = await application();
    expect((await withdrawApplication(worker, { applicationId, on: '2026-06-01' })).result.code).toBe('BEFORE_APPLICATION');
    const key = newKey();
    expect((await withdrawApplication(worker, { applicationId, requestKey: key })).result).toMatchObject({ state: 'withdrawn', endedOn: TODAY });
    expect((await withdrawApplication(worker, { applicationId, requestKey: key })).result.state).toBe('withdrawn');
    expect((await withdrawApplication(worker, { applicationId })).result.code).toBe('APPLICATION_STATE');
  });

  it('of another province finds nothing', async () => {
    const { applicationId } = await presented();
    const stranger = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
    expect((await approveFamily(stranger, { applicationId, terms, reason: 'Yes.' })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is not replaced by anybody without the posting', async () => {
    const applicationId = newKey();
    await expectDenied(harness, acts['application.approve'], (who) => approveFamily(who, { applicationId, terms, reason: 'Yes.' }));
    await expectDenied(harness, acts['application.refuse'], (who) => refuseFamily(who, { applicationId, reason: 'No.' }));
    await expectDenied(harness, acts['application.withdraw'], (who) => withdrawApplication(who, { applicationId }));
  });
});
