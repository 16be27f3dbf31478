import { STUDY_SECTIONS } from '../../src/recruitment/approval.graphql.js';
import type { Harness } from './harness.js';
import { arrangeOffices, signedIn } from './people.js';
import type { Offices, Person } from './people.js';

/** The people whom a family meets on its way to an approval. */
export interface Colleagues {
  readonly offices: Offices;
  readonly worker: Person;
  readonly supervisor: Person;
  readonly elsewhere: Person;
  readonly trainer: Person;
  /** A course of one day. */
  readonly courseId: string;
}

/** A family that came to its approval by acts alone, so that every fact behind its standings is there. */
export interface ApprovedByActs {
  readonly id: string;
  readonly applicationId: string;
  readonly adults: readonly string[];
}

const COURSE_DAY = '2026-05-05';

/** Colleagues of Battambang town, and a course. */
export async function colleagues(harness: Harness): Promise<Colleagues> {
  const offices = await arrangeOffices(harness);
  const worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  const supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  const elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
  const trainer = await signedIn(harness, { role: 'trainer', office: offices.battambang });
  const course = await trainer.act('openCourse', { audience: 'foster_carer', nameLatin: 'Caring for a child', nameKm: 'វគ្គ', hours: 6, validityMonths: 24 }, 'Course { id }', 'TrainingRefused');
  return { offices, worker, supervisor, elsewhere, trainer, courseId: course.result.id };
}

/** Enquiry, application, papers, course, panel and decision, between the second and the tenth of May. */
export async function approvedByActs(harness: Harness, all: Colleagues, places = 2): Promise<ApprovedByActs> {
  const { worker, supervisor, elsewhere, trainer, courseId } = all;
  const done = async (who: Person, name: string, input: object, good = 'Application { id }', refused = 'RecruitmentRefused'): Promise<{ id: string; familyId: string }> => {
    const { result, errors } = await who.act(name, input as Record<string, unknown>, good, refused);
    if (errors !== undefined || result.__typename === refused) throw new Error(`${name}: ${JSON.stringify(errors ?? result)}`);
    return result;
  };
  const enquiry = await done(worker, 'recordEnquiry', { nameLatin: 'Chea Sothy', areaCode: '02030101', on: '2026-05-02' }, 'Enquiry { id }');
  const adults = [{ nameLatin: 'Chea Sothy', sex: 'female', birthDate: '1985-01-01', carer: true }, { nameLatin: 'Chea Rith', sex: 'male', birthDate: '1983-01-01', carer: false }];
  const application = await done(worker, 'receiveApplication', { enquiryId: enquiry.id, on: '2026-05-02', kind: 'foster', languages: ['khm'], adults }, 'Application { id familyId }');
  const [applicationId, id] = [application.id, application.familyId];
  const home = (await harness.sql<{ id: string }>('select id from carers.adults where family_id = $1 order by carer desc, id', [id])).map((row) => row.id);
  for (const adultId of home) {
    for (const kind of ['identity', 'criminal_record', 'health', 'no_violence']) {
      await done(worker, 'recordCheck', { applicationId, adultId, kind, outcome: 'clear', on: '2026-05-04', validUntil: '2028-05-04' });
    }
  }
  for (const party of ['village_chief', 'commune', 'police']) await done(worker, 'recordSignature', { applicationId, party, how: 'thumbprint', on: '2026-05-04' });
  await done(worker, 'recordHomeStudy', { applicationId, on: '2026-05-06', recommended: true, scores: STUDY_SECTIONS.map((section) => ({ section, score: 3 })) });
  const LIST = 'TrainingSession { id registrations { id adultId } }';
  const sessionId = (await done(trainer, 'openSession', { courseId, areaCode: '0203', place: 'Wat', days: [COURSE_DAY], capacity: 4 }, LIST, 'TrainingRefused')).id;
  const listed = (await worker.act('registerForSession', { sessionId, adultId: home[0], on: '2026-05-04' }, LIST, 'TrainingRefused')).result;
  const registrationId: string = listed.registrations.find((one: { adultId: string }) => one.adultId === home[0]).id;
  await done(trainer, 'recordAttendance', { sessionId, on: COURSE_DAY, present: [{ registrationId, present: true }] }, LIST, 'TrainingRefused');
  await done(trainer, 'issueCertificate', { registrationId, on: '2026-05-06' }, 'Certificate { id }', 'TrainingRefused');
  await done(worker, 'presentToPanel', { applicationId, on: '2026-05-08', members: [worker.accountId, supervisor.accountId, elsewhere.accountId] });
  const terms = { places, youngest: 0, oldest: 17, sexes: ['female', 'male'], needs: [], careKinds: ['foster'] };
  await done(supervisor, 'approveFamily', { applicationId, on: '2026-05-10', terms, reason: 'A calm home.' });
  return { id, applicationId, adults: home };
}
