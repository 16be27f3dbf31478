import { newId } from '../../src/kernel/ids.js';
import { contactRisk, need, objection, siblings } from './given-children.js';
import { activePlacement, resident } from './given-placements.js';
import { approvedFamily, knownFamily, standing } from './given.js';
import type { Harness } from './harness.js';
import { arrangeInstitution, arrangeOffices, signedIn } from './people.js';
import type { Person } from './people.js';

/** What kind of person's data a canary stands in: who may read one kind may be nobody for another. */
export type Secret = 'child' | 'family' | 'case' | 'payee' | 'roll';

/** A province with one of everything: ids by what they are, and a canary in every name, telephone, note and word of somebody. */
export interface World {
  readonly side: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly staff: { readonly worker: Person; readonly supervisor: Person; readonly trainer: Person };
  canary(secret: Secret): string;
}

/** The canary of one kind on one side: letters only, so that it fits wherever words do. */
function canaryOf(side: string, secret: Secret): string {
  return `Zq${side}${secret}zQ`;
}

/** Arranges a province: Battambang (`mine`) or Siem Reap (`theirs`). */
export async function arrangeWorld(harness: Harness, side: 'mine' | 'theirs'): Promise<World> {
  const offices = await arrangeOffices(harness);
  const [village, commune, province, town] =
    side === 'mine' ? ['02030101', '020301', offices.battambang, offices.battambangTown] : ['17100101', '171001', offices.siemReap, offices.siemReapTown];
  const [worker, supervisor, trainer] = [
    await signedIn(harness, { role: 'social_worker', office: town }),
    await signedIn(harness, { role: 'supervisor', office: province }),
    await signedIn(harness, { role: 'trainer', office: province }),
  ];
  const c = (secret: Secret): string => canaryOf(side, secret);
  const ids: Record<string, string> = { office: town, province };
  const write = async (table: string, row: Readonly<Record<string, unknown>>): Promise<string> => {
    const whole: Record<string, unknown> = { id: newId(), ...row };
    const names = Object.keys(whole);
    await harness.sql(`insert into ${table} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(whole));
    return String(whole['id']);
  };

  ids['institution'] = await arrangeInstitution(harness, commune);
  const closing = await arrangeInstitution(harness, commune, `Closing ${side}`);
  await harness.sql(`update institutions.institutions set state = 'ordered' where id = $1`, [closing]);
  const closure = await write('institutions.closures', { institution_id: closing, ordered_on: '2026-06-01', order_number: '1', authority: 'The ministry', reason: 'reform' });
  ids['closingGoal'] = await write('institutions.closing_goals', { closure_id: closure, due_on: '2026-12-01', goal: 'Kin first', responsible: 'The office', children_left: 20 });
  ids['notice'] = await write('placements.notices', {
    institution_id: ids['institution'], office_id: town, direction: 'arrival', on_day: '2026-06-12', person: JSON.stringify({ nameKm: c('child'), nameLatin: c('child'), sex: 'female', birth: { date: '2014-01-01', precision: 'year', basis: 'told_by_others' } }),
    circumstances: c('child'), notified_at: '2026-06-12T03:00:00Z', notified_by: worker.accountId, late: false,
  });
  const names = { nameKm: `${c('child')} ក`, nameLatin: c('child') };
  const open = await resident(harness, { institution: ids['institution'], gatekept: false, ...names });
  const brother = await resident(harness, { institution: ids['institution'], ...names });
  const moved = await resident(harness, { institution: ids['institution'], ...names });
  await siblings(harness, [open.id, brother.id, moved.id]);
  Object.assign(ids, { child: open.id, sibling: brother.id, movedChild: moved.id, gatekeeping: open.gatekeepingId, concluded: moved.gatekeepingId, residentEpisode: open.episodeId });
  await harness.sql('update children.children set religion = $2 where id = any ($1)', [[open.id, brother.id, moved.id], c('child')]);

  const family = await approvedFamily(harness, { area: village, places: 3, nameKm: `${c('family')} ក`, nameLatin: c('family'), religion: c('family') });
  const applicant = await knownFamily(harness, { area: village, nameKm: `${c('family')} ខ`, nameLatin: c('family'), religion: c('family') });
  Object.assign(ids, { family: family.id, adult: family.carers[0] ?? '', applicant: applicant.id, applicantAdult: applicant.carers[0] ?? '' });
  await harness.sql('update carers.adults set name_km = $2, name_latin = $2 where family_id = any ($1)', [[family.id, applicant.id], c('family')]);
  await harness.sql('update carers.families set phone = $2 where id = any ($1)', [[family.id, applicant.id], c('family')]);

  const placement = await activePlacement(harness, { child: moved, family });
  Object.assign(ids, { placement: placement.id, episode: placement.episodeId });
  const misread = await resident(harness, { institution: ids['institution'] ?? '', ...names });
  ids['correction'] = await write('placements.corrections', {
    child_id: misread.id, office_id: town, what: 'moved', edit: JSON.stringify({ what: 'moved', episodeId: misread.episodeId, from: '2026-01-03', to: null }), read_timeline: [misread.episodeId, '2026-01-04', null, 'institution', misread.institutionId, null, null].join(' '), reason: 'told_later', note: c('case'), proposed_by: worker.accountId,
  });
  await harness.sql('update placements.placements set plan_reason = $2 where id = $1', [placement.id, c('case')]);
  ids['plan'] = await write('placements.placements', {
    child_id: brother.id, family_id: family.id, care_kind: 'foster', office_id: town, family_office_id: town, planned_by: worker.accountId, planned_on: '2026-06-01', plan_reason: c('case'), starts_on: '2026-06-20',
  });
  for (const [placementId, on] of [[placement.id, '2026-05-05'], [ids['plan'], '2026-06-02']]) {
    await write('placements.consultations', { placement_id: placementId, kind: 'family', on_day: on, heard_by: worker.accountId, outcome: 'does_not_agree', reason: c('case') });
    await write('placements.consultations', { placement_id: placementId, kind: 'child', on_day: on, heard_by: worker.accountId, too_young_reason: c('case') });
    await write('placements.agreements', { placement_id: placementId, party: 'parent', signed_on: on, signer: c('case'), how: 'signed', recorded_by: worker.accountId });
  }
  for (const gatekeeping of [open.gatekeepingId, moved.gatekeepingId]) {
    await harness.sql('update placements.gatekeepings set parents_reason = $2, kin_reason = $2 where id = $1', [gatekeeping, c('case')]);
    await write('placements.options', { gatekeeping_id: gatekeeping, option: 'birth_family', outcome: 'passed_over', reason: c('case'), on_day: '2026-01-05', recorded_by: worker.accountId });
  }
  for (const child of [moved.id, open.id]) {
    ids[child === open.id ? 'relative' : 'movedRelative'] = await write('children.relatives', {
      child_id: child, relation: 'mother', name_km: c('child'), name_latin: c('child'), whereabouts: 'known', area_code: commune, phone: c('child'),
    });
    await contactRisk(harness, child, { familyId: applicant.id, adultName: c('case') });
    await harness.sql('update children.contact_risks set reason = $2 where child_id = $1', [child, c('case')]);
    await write('children.views', { child_id: child, heard_on: '2026-05-20', heard_by: worker.accountId, alone: true, text: c('case') });
    const basis = await write('children.legal_bases', { child_id: child, kind: 'court_decision', number: c('child'), decided_on: '2026-01-02', during: '[2026-01-04,)' });
    ids['withdrawal'] = await write('children.withdrawals', { child_id: child, basis_id: basis, relation: 'mother', on_day: '2026-06-01', recorded_by: worker.accountId });
    await need(harness, child, 'wheelchair');
  }
  await objection(harness, open.id, applicant.id);
  ids['standing'] = await standing(harness, family.id, 'suspension', '2026-06-01', null, null, true);
  await harness.sql(`update carers.standings set reason = 'allegation' where id = $1`, [ids['standing']]);

  ids['exemption'] = await write('carers.exemptions', { family_id: family.id, during: '[2026-06-01,2026-08-01)', reason: 'siblings', citation: c('family'), granted_on: '2026-06-01' });
  ids['ownChild'] = await write('carers.own_children', { family_id: family.id, name_latin: c('family'), sex: 'female', birth_date: '2015-01-01', birth_precision: 'day', during: '[2026-01-01,)' });

  ids['campaign'] = await write('recruitment.campaigns', { name_km: 'យុទ្ធនាការ', name_latin: 'Homes', area_code: commune, office_id: town, channels: '{radio}', during: '[2026-01-01,2026-12-31)' });
  for (const [key, state] of [['enquiry', 'followed_up'], ['applied', 'applied']] as const) {
    ids[key] = await write('recruitment.enquiries', {
      campaign_id: ids['campaign'], source: 'campaign', name_km: c('family'), name_latin: c('family'), phone: c('family'), area_code: village, office_id: town, received_on: '2026-03-01', state, worker_id: worker.accountId,
    });
    await write('recruitment.follow_ups', { enquiry_id: ids[key], office_id: town, on_day: '2026-03-05', outcome: 'interested', note: c('family') });
  }
  ids['application'] = await write('recruitment.applications', { enquiry_id: ids['applied'], family_id: applicant.id, office_id: town, received_on: '2026-03-10', state: 'studying' });
  await write('recruitment.home_studies', {
    application_id: ids['application'], office_id: town, form: 'v1', done_on: '2026-04-01', done_by: worker.accountId, scores: '{}', recommended: true, motive_talk_needed: false, note: c('family'),
  });
  await write('recruitment.panels', { application_id: ids['application'], office_id: town, met_on: '2026-05-01', members: [worker.accountId, supervisor.accountId, trainer.accountId], reason: c('family') });

  ids['familyLoad'] = await write('recruitment.family_loads', { office_id: town, dry_run: false, accept_duplicates: false, on_day: '2026-06-10', loaded_by: worker.accountId, loaded_at: '2026-06-10T03:00:00Z', rows: 1 });
  await harness.sql(`insert into recruitment.family_load_rows (id, job_id, load_id, row, office_id, cells) values (gen_random_uuid(), gen_random_uuid(), $1, 1, $2, jsonb_build_object('cells', jsonb_build_object('carer1_name_km', $3::text)))`, [ids['familyLoad'], town, c('family')]);

  ids['course'] = await write('training.courses', { audience: 'foster_carer', name_km: 'វគ្គ', name_latin: `Caring ${side}`, hours: 6, validity_months: 24 });
  ids['session'] = await write('training.sessions', { course_id: ids['course'], trainer_id: trainer.accountId, area_code: commune, office_id: town, days: '{2026-06-10}', capacity: 20 });
  ids['registration'] = await write('training.registrations', {
    session_id: ids['session'], adult_id: ids['adult'], family_id: family.id, name_km: c('roll'), name_latin: c('roll'), registered_on: '2026-06-01',
  });
  await harness.sql(`insert into training.attendance (registration_id, day, present) values ($1, '2026-06-10', true)`, [ids['registration']]);

  ids['visit'] = await write('casework.visits', { child_id: moved.id, placement_id: placement.id, office_id: town, worker_id: worker.accountId, ordinal: 1, due_on: '2026-05-15' });
  ids['recordedVisit'] = await write('casework.visits', {
    child_id: moved.id, placement_id: placement.id, office_id: town, worker_id: worker.accountId, ordinal: 2, due_on: '2026-06-08', state: 'recorded', happened_on: '2026-06-08', recorded_by: worker.accountId,
    recorded_at: '2026-06-08T03:00:00Z', seen_alone: true, worry: false,
    record: JSON.stringify({ wellbeing: c('case'), schoolAndWork: c('case'), home: c('case'), contact: c('case'), childSaid: c('case'), carerSaid: c('case'), nextSteps: c('case') }),
  });

  ids['countersignature'] = await write('training.countersignatures', {
    act: 'visit.record', subject_kind: 'visit', subject_id: ids['recordedVisit'], about_id: moved.id, office_id: town, recorded_by: worker.accountId, recorded_on: '2026-06-08', lacked: '{government_social_worker}',
  });

  ids['respite'] = await write('carers.respites', { family_id: family.id, during: '[2026-06-20,2026-06-22)', recorded_by: worker.accountId, over_reason: c('family') });
  ids['group'] = await write('carers.groups', { name_km: 'ក្រុម', name_latin: `Carers ${side}`, area_code: commune, office_id: town, leader_id: family.carers[0], founded_on: '2026-05-01' });
  await harness.sql(`insert into carers.group_members (group_id, adult_id, during) values ($1, $2, '[2026-05-01,)')`, [ids['group'], family.carers[0]]);
  ids['complaint'] = await write('carers.complaints', {
    family_id: family.id, received_on: '2026-06-10', recorded_by: worker.accountId, topic: 'money', words: c('family'), about_accounts: [], level: 'province', office_id: province, due_on: '2026-06-24',
  });
  ids['answeredComplaint'] = await write('carers.complaints', {
    family_id: family.id, received_on: '2026-06-01', recorded_by: worker.accountId, topic: 'money', words: c('family'), about_accounts: [], level: 'province', office_id: province, due_on: '2026-06-14',
    answered_on: '2026-06-10', answered_by: supervisor.accountId, outcome: 'upheld', answer: c('family'),
  });
  ids['closedFamily'] = (await knownFamily(harness, { area: village, nameKm: `${c('family')} គ`, nameLatin: c('family') })).id;
  await harness.sql(`update carers.families set closed_on = '2026-06-05', closed_why = 'resigned' where id = $1`, [ids['closedFamily']]);

  const paper = { uploaded_by: worker.accountId, uploaded_at: '2026-06-15T02:00:00Z', media_type: 'image/png', bytes: 1, sealed: Buffer.alloc(31) };
  ids['waitingDocument'] = await write('documents.documents', paper);
  ids['document'] = await write('documents.documents', paper);
  await harness.sql(
    `insert into documents.attachments (document_id, subject_kind, subject_id, child_id, office_id, attached_by, attached_at) values ($1, 'visit', $2, $3, $4, $5, '2026-06-15T02:00:00Z')`,
    [ids['document'], ids['recordedVisit'], moved.id, town, worker.accountId],
  );
  ids['check'] = await write('recruitment.checks', {
    family_id: applicant.id, adult_id: ids['applicantAdult'], office_id: town, kind: 'health', outcome: 'clear', done_on: '2026-04-01', valid_until: '2027-04-01',
  });

  ids['payee'] = await write('support.payees', { family_id: family.id, office_id: town, name: c('payee'), method: 'cash', set_on: '2026-05-01' });
  ids['run'] = await write('support.runs', {
    scheme_code: 'after_residential', month: '2026-05-01', office_id: province, provinces: side === 'mine' ? '[2,3)' : '[17,18)', reason: 'regular', fund: 'national_budget', prepared_by: worker.accountId, prepared_on: '2026-06-01',
  });
  await write('support.lines', {
    run_id: ids['run'], office_id: town, scheme_code: 'after_residential', child_id: moved.id, child_number: moved.number, family_id: family.id, family_number: family.number, payee_id: ids['payee'],
    month: '2026-05-01', kind: 'regular', nights: 24, riel: 300000, parts: '[]',
  });

  ids['list'] = await write('matching.lists', {
    child_id: brother.id, office_id: town, asked_by: worker.accountId, asked_on: '2026-06-01', starts_on: '2026-06-20', care_kind: 'foster', emergency: false, gatekeeping_complete: true, apart_reason: c('case'),
    method: 1, weights_version: 1, weights: '{}', asked: JSON.stringify({ children: [{ id: brother.id }] }), kin_relative_ids: [], searched: 2, eligible: 1, failed_rules: '[]',
  });
  await harness.sql(
    `insert into matching.entries (list_id, family_id, rank, score, places_for_all, facts, factors) values ($1, $2, 1, 50, true, jsonb_build_object('number', $3::int, 'communeCode', $4::text, 'freePlaces', 1, 'placesForAll', true), '[]')`,
    [ids['list'], family.id, family.number, commune],
  );
  ids['proposal'] = await write('matching.proposals', {
    list_id: ids['list'], child_id: brother.id, family_id: family.id, office_id: town, proposed_by: worker.accountId, proposed_on: '2026-06-02', reason: c('case'), emergency: false,
  });
  await harness.sql('insert into matching.proposal_children (proposal_id, child_id, placement_id) values ($1, $2, $3)', [ids['proposal'], brother.id, ids['plan']]);
  await harness.sql(`insert into matching.strategies (proposal_id, factor, text, recorded_on) values ($1, 'nearness', $2, '2026-06-02')`, [ids['proposal'], c('case')]);

  ids['task'] = await write('worklist.tasks', {
    kind: 'placements.breach', subject_kind: 'placement', subject_id: placement.id, about_id: moved.id, detail: 'LIMIT', role: 'supervisor', office_id: town, due_at: '2026-06-16T03:00:00Z', due_on: '2026-06-16',
    opened_at: '2026-06-15T03:00:00Z', dedupe: `walker-${side}`,
  });
  ids['message'] = await write('worklist.inbox', {
    account_id: supervisor.accountId, kind: 'placements.breach', reason: 'told', subject_kind: 'placement', subject_ids: [placement.id], created_at: '2026-06-15T03:00:00Z',
  });
  Object.assign(ids, { account: worker.accountId, accountSession: worker.sessionId, posting: worker.postingId });
  return { side, ids, staff: { worker, supervisor, trainer }, canary: c };
}
