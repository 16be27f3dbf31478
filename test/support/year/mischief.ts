import { addDays } from '../../../src/kernel/civil-date.js';
import { newId } from '../../../src/kernel/ids.js';
import type { Colleague, Year } from './year.js';

const NO_SENSE = ['BAD_USER_INPUT'];
const HIDDEN = ['FORBIDDEN', 'NOT_FOUND'];

interface Target {
  readonly enquiry: string | null;
  readonly application: string | null;
  readonly family: string | null;
  readonly area: string;
}

/** Somebody asks for what must not be: with no sense, in the wrong role, in the other province, or a second time. */
export async function mischief(year: Year): Promise<void> {
  const target = await year.one<Target>(
    `select e.id as enquiry, a.id as application, a.family_id as family, e.area_code as area from recruitment.enquiries e left join recruitment.applications a on a.enquiry_id = e.id order by e.id desc limit 60`);
  if (target === undefined) return;
  const closely = year.random.chance(0.12);
  const kind = year.random.weighted([['nonsense', 5], ['role', 5], ['elsewhere', 4], ['again', 2]] as const);
  if (kind === 'nonsense') return nonsense(year, closely, target);
  if (kind === 'again') return again(year, closely, target);
  const who = kind === 'role'
    ? year.random.pick(year.staff.filter(({ role }) => !['social_worker', 'supervisor', 'trainer'].includes(role)))
    : year.random.pick(year.staff.filter(({ role, area }) => (role === 'social_worker' || role === 'supervisor') && area !== '' && !target.area.startsWith(area.slice(0, 2))));
  await trespass(year, closely, target, who);
}

/** What one of the wrong role, or of the other province, tries. */
async function trespass(year: Year, closely: boolean, target: Target, who: Colleague): Promise<void> {
  const [on, applicationId, familyId] = [year.today, target.application, target.family];
  const tries: (readonly [name: string, input: Record<string, unknown>, good: string, refused: string])[] = [
    ['recordEnquiry', { nameLatin: 'Nobody', areaCode: target.area, on }, 'Enquiry { id }', 'RecruitmentRefused'],
    ['followUpEnquiry', { enquiryId: target.enquiry, on, outcome: 'not_interested' }, 'Enquiry { id }', 'RecruitmentRefused'],
    ['openCampaign', { nameKm: 'ក', nameLatin: 'Nothing', areaCode: target.area.slice(0, 4), channels: ['radio'], startsOn: on, endsOn: on }, 'Campaign { id }', 'RecruitmentRefused'],
  ];
  if (applicationId !== null && familyId !== null) {
    const terms = { places: 1, youngest: 0, oldest: 17, sexes: ['female'], needs: [], careKinds: ['foster'] };
    tries.push(
      ['withdrawApplication', { applicationId, on }, 'Application { id }', 'RecruitmentRefused'],
      ['approveFamily', { applicationId, on, reason: 'x', terms }, 'Application { id }', 'RecruitmentRefused'],
      ['refuseFamily', { applicationId, on, reason: 'x' }, 'Application { id }', 'RecruitmentRefused'],
      ['reviewFamily', { familyId, on, outcome: 'removed', reason: 'x' }, 'Family { id }', 'RecruitmentRefused'],
      ['suspendFamily', { familyId, on, reason: 'other' }, 'Family { id }', 'CarersRefused'],
      ['closeFamily', { familyId, on, reason: 'other' }, 'Family { id }', 'CarersRefused'],
      ['reportConcern', { familyId, on, kind: 'allegation' }, 'Family { id }', 'CarersRefused'],
    );
  }
  const [name, input, good, refused] = year.random.pick(tries);
  await year.refused(closely, HIDDEN, () => year.act(who, name, input, good, refused));
}

/** Input that means nothing: days ahead or long gone, names and telephones that are none, ids of nothing. */
async function nonsense(year: Year, closely: boolean, target: Target): Promise<void> {
  const who = year.anyone(target.area, 'social_worker');
  const enquiry = { nameLatin: 'Nobody', areaCode: target.area, on: year.today };
  const [input, codes] = year.random.pick([
    [{ ...enquiry, on: addDays(year.today, 1) }, NO_SENSE], [{ ...enquiry, on: addDays(year.today, -80) }, NO_SENSE], [{ ...enquiry, phone: '១២' }, NO_SENSE], [{ ...enquiry, nameLatin: ' ' }, NO_SENSE],
    [{ ...enquiry, areaCode: target.area.slice(0, 4) }, ['VILLAGE_NEEDED']], [{ ...enquiry, areaCode: '99' }, HIDDEN], [{ ...enquiry, campaignId: newId() }, HIDDEN], [{ ...enquiry, areaCode: 'abc' }, NO_SENSE],
  ] as const);
  await year.refused(closely, codes, () => year.act(who, 'recordEnquiry', input, 'Enquiry { id }', 'RecruitmentRefused'));
}

/** The same request once more: the same answer and nothing new; under its key another request is a conflict. */
async function again(year: Year, closely: boolean, target: Target): Promise<void> {
  const who = year.anyone(target.area, 'social_worker');
  const input = { nameLatin: 'Said Twice', areaCode: target.area, on: year.today };
  const first = await year.act(who, 'recordEnquiry', input, 'Enquiry { id }', 'RecruitmentRefused');
  const second = await year.act(who, 'recordEnquiry', input, 'Enquiry { id }', 'RecruitmentRefused', first.key, true);
  if (second.code !== 'ok' || second.result.id !== first.result.id) year.broken.push(`${year.today} a repeated request made another enquiry`);
  await year.refused(closely, ['CONFLICT', 'BAD_USER_INPUT'], () => year.act(who, 'recordEnquiry', { ...input, nameLatin: 'Another' }, 'Enquiry { id }', 'RecruitmentRefused', first.key));
}
