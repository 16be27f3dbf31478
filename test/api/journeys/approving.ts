import type { Journey } from './journey.js';

const SECTIONS = ['home', 'relationships', 'parenting', 'health', 'money', 'own_children', 'community', 'motive'];

/** Step 3: training with a certificate, checks, home study, panel, approval with terms, the stand-by list. */
export async function approve(j: Journey): Promise<void> {
  j.step(3, 'Training, checks, home study, panel: a supervisor approves the family, and it stands by');
  const [worker, supervisor] = [await j.as('worker'), await j.as('supervisor')];
  const applicationId = j.fact('applicationId');
  const { family } = await worker.ask('query ($id: Id!) { family(id: $id) { number adults { id carer } } }', { id: j.fact('familyId') });
  j.facts.carerId = family.adults.find((adult: { carer: boolean }) => adult.carer).id;
  j.facts.otherId = family.adults.find((adult: { carer: boolean }) => !adult.carer).id;
  await train(j);
  for (const adultId of [j.fact('carerId'), j.fact('otherId')]) {
    for (const kind of ['identity', 'criminal_record', 'health', 'no_violence']) {
      await worker.does('recordCheck', { applicationId, adultId, kind, outcome: 'clear', on: j.day(3), validUntil: j.yearsAfter(j.day(3), 2) }, 'Application { state }');
    }
  }
  for (const party of ['village_chief', 'commune', 'police']) await worker.does('recordSignature', { applicationId, party, how: 'thumbprint', on: j.day(3) }, 'Application { state }');
  const scores = SECTIONS.map((section) => ({ section, score: 3 }));
  const studied = await worker.does('recordHomeStudy', { applicationId, on: j.day(4), scores, recommended: true, note: 'A calm house; the neighbours speak well of them.' }, 'Application { state dossier { missing } }');
  j.tell(`dossier: ${studied.dossier.missing.length === 0 ? 'complete' : studied.dossier.missing.join(', ')}`);
  const terms = { places: 1, youngest: 3, oldest: 15, sexes: ['female', 'male'], needs: ['learning_support'], careKinds: ['foster', 'emergency'] };
  j.fails('the worker approves the family herself', await worker.isRefused('approveFamily', { applicationId, on: j.day(5), terms, reason: 'Good.' }, 'Application { id }', 'RecruitmentRefused'), 'FORBIDDEN');
  j.fails('approval before the panel', await supervisor.isRefused('approveFamily', { applicationId, on: j.day(5), terms, reason: 'Good.' }, 'Application { id }', 'RecruitmentRefused'), 'APPLICATION_STATE');
  const members = [worker.accountId, supervisor.accountId, (await j.as('elsewhere')).accountId];
  await worker.does('presentToPanel', { applicationId, on: j.day(5), members }, 'Application { state }');
  const approved = await supervisor.does('approveFamily', { applicationId, on: j.day(5), terms, reason: 'A calm home with room for one child.' }, 'Application { state }');
  j.tell(`family F-${family.number} is ${approved.state}`);
  const list = await worker.ask(
    `query ($on: Day!) { standBy(areaCode: "02030104", on: $on, includeUnavailable: true, first: 50) { nodes { available freePlaces reasons { code message } family { id number } } } }`,
    { on: j.day(6) },
  );
  const mine = list.standBy.nodes.find((node: { family: { id: string } }) => node.family.id === j.fact('familyId'));
  j.expect(mine?.available === true && mine.freePlaces.length === 1, 'the family stands by with one free place');
  j.tell(`stand-by list of its village on ${j.day(6)}: F-${mine.family.number}, free places ${mine.freePlaces.join(', ')}`);
}

async function train(j: Journey): Promise<void> {
  const [trainer, worker] = [await j.as('trainer'), await j.as('worker')];
  const { courses } = await trainer.ask('{ courses(audience: foster_carer, first: 100) { nodes { id nameLatin } } }', {});
  const known = courses.nodes.find((one: { nameLatin: string }) => one.nameLatin === 'Caring for a child');
  const course = known ?? await trainer.does('openCourse', { audience: 'foster_carer', nameKm: 'ការថែទាំកុមារក្នុងគ្រួសារ', nameLatin: 'Caring for a child', hours: 12, validityMonths: 24 }, 'Course { id }');
  const session = await trainer.does('openSession', { courseId: course.id, areaCode: '020301', place: 'Commune hall', days: [j.day(3), j.day(4)], capacity: 12 }, 'TrainingSession { id registrations { id } }');
  const registered = await worker.does('registerForSession', { sessionId: session.id, adultId: j.fact('carerId'), on: j.day(3) }, 'TrainingSession { id registrations { id adultId } }');
  const registrationId = registered.registrations[0].id;
  j.fails(
    'a certificate for who was not there',
    await trainer.isRefused('issueCertificate', { registrationId, on: j.day(4) }, 'Certificate { id }', 'TrainingRefused'),
    'NOT_ATTENDED',
  );
  for (const day of [j.day(3), j.day(4)]) await trainer.does('recordAttendance', { sessionId: session.id, on: day, present: [{ registrationId, present: true }] }, 'TrainingSession { id }');
  const certificate = await trainer.does('issueCertificate', { registrationId, on: j.day(4) }, 'Certificate { number from to }');
  j.tell(`certificate ${certificate.number}, until ${certificate.to}`);
}
