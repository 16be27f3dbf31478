import { STUDY_SECTIONS } from '../../../src/recruitment/approval.graphql.js';
import { addDays, addMonths, civil } from '../../../src/kernel/civil-date.js';
import type { Colleague, Done, Year } from './year.js';

const REFUSED = 'RecruitmentRefused';
const AREAS = ['02030101', '02030102', '02030201', '02010101', '02010102', '17100101', '17100201', '020301', '171002'] as const;
const KHMER = ['សុខ ដារ៉ា', 'ចាន់ សុភា', 'គឹម ស្រីនាង', 'ហេង វណ្ណា', 'លី សុខុម', 'មាស ចាន់ថា'] as const;
const LATIN = ['Sok Dara', 'Chan Sophea', 'Kim Sreyneang', 'Heng Vanna', 'Ly Sokhom', 'Meas Chantha'] as const;
const MOTIVES = ['debt', 'need_of_labour', 'wish_to_adopt'] as const;

interface Enquiry {
  readonly id: string;
  readonly area_code: string;
  readonly received_on: string;
}
export interface Application {
  readonly id: string;
  readonly family_id: string;
  readonly area_code: string;
  readonly received_on: string;
  readonly state: string;
  readonly kind: string;
}

const recruit = (year: Year, who: Colleague, name: string, input: Readonly<Record<string, unknown>>, good: string): Promise<Done> => year.act(who, name, input, good, REFUSED);
const onApplication = (year: Year, who: Colleague, name: string, input: Readonly<Record<string, unknown>>): Promise<Done> => recruit(year, who, name, input, 'Application { id }');

/** A telephone number, often in Khmer digits, sometimes one that somebody gave before. */
function phoneOf(year: Year): string {
  const plain = `012${String(year.random.below(60) + 345_600).padStart(6, '0')}`;
  return year.random.chance(0.3) ? [...plain].map((digit) => String.fromCodePoint(0x17e0 + Number(digit))).join('') : plain;
}

/** A campaign is opened, or has an event, or is closed. */
export async function campaigning(year: Year): Promise<void> {
  const open = await year.one<{ id: string; area_code: string; starts: string }>(
    `select id, area_code, lower(during)::text as starts from recruitment.campaigns where closed_on is null and lower(during) <= $1 order by id`, [year.today],
  );
  if (open === undefined || year.random.chance(0.2)) {
    const area = year.random.pick(['0203', '0201', '1710', '020301', '02'] as const);
    const who = year.anyone(area, 'supervisor');
    const days = year.random.between(20, 90);
    await recruit(year, who, 'openCampaign', { nameKm: 'យុទ្ធនាការ', nameLatin: `Campaign of ${year.today}`, areaCode: area, channels: ['radio', 'pagoda'], startsOn: year.today, endsOn: addDays(year.today, days) }, 'Campaign { id }');
  } else if (year.random.chance(0.8)) {
    const on = year.lately(3, open.starts);
    await recruit(year, year.anyone(open.area_code, 'supervisor'), 'recordCampaignEvent', { campaignId: open.id, on, areaCode: open.area_code, channel: year.random.pick(['radio', 'pagoda', 'leaflet']), peopleReached: year.random.below(200) }, 'Campaign { id }');
  } else {
    await recruit(year, year.anyone(open.area_code, 'supervisor'), 'closeCampaign', { campaignId: open.id, on: year.today, peopleReached: year.random.below(900), cost: String(year.random.below(9) * 100_000) }, 'Campaign { id }');
  }
}

/** Somebody asks: at a campaign, at the door or by telephone; some have asked before. */
export async function asking(year: Year): Promise<void> {
  const area = year.random.pick(AREAS);
  const who = year.anyone(area, 'social_worker', 'social_worker', 'supervisor');
  const campaign = year.random.chance(0.4) ? await year.one<{ id: string }>(`select id from recruitment.campaigns where area_code = left($1, length(area_code)) order by id`, [area]) : undefined;
  const at = year.random.below(KHMER.length);
  const script = year.random.below(3);
  const named = { ...(script !== 1 ? { nameKm: KHMER[at] } : {}), ...(script !== 0 ? { nameLatin: LATIN[at] } : {}) };
  const phone = year.random.chance(0.8) ? { phone: phoneOf(year) } : {};
  await recruit(year, who, 'recordEnquiry', { ...named, ...phone, areaCode: area, on: year.lately(), byPhone: year.random.chance(0.3), ...(campaign === undefined ? {} : { campaignId: campaign.id }) }, 'Enquiry { id }');
}

/** An enquiry is followed up, given to somebody, linked to another or becomes an application; some are left alone. */
export async function following(year: Year): Promise<void> {
  const found = await year.one<Enquiry>(`select id, area_code, received_on::text from recruitment.enquiries where state in ('new', 'followed_up', 'unreachable') and duplicate_of is null order by id desc limit 40`);
  if (found === undefined) return asking(year);
  const who = year.anyone(found.area_code, 'social_worker');
  const on = year.lately(3, found.received_on);
  const what = year.random.weighted([['ask', 30], ['apply', 45], ['assign', 10], ['link', 12], ['unlink', 3]] as const);
  if (what === 'ask') {
    const outcome = year.random.weighted([['interested', 6], ['no_answer', 3], ['not_interested', 1], ['unreachable', 1]] as const);
    const next = outcome === 'interested' || outcome === 'no_answer' ? { nextOn: addDays(on, year.random.between(3, 20)) } : {};
    await recruit(year, who, 'followUpEnquiry', { enquiryId: found.id, on, outcome, ...next }, 'Enquiry { id }');
  } else if (what === 'assign') {
    await recruit(year, who, 'assignEnquiry', { enquiryId: found.id, accountId: year.anyone(found.area_code, 'social_worker').account, on }, 'Enquiry { id }');
  } else if (what === 'link') {
    const other = await year.one<Enquiry>(
      `select id, area_code, received_on::text from recruitment.enquiries e where e.id <> $1 and e.area_code like left($2, 4) || '%' and (e.phone = (select phone from recruitment.enquiries where id = $1) or e.name_latin = (select name_latin from recruitment.enquiries where id = $1)) order by id`,
      [found.id, found.area_code],
    );
    if (other !== undefined) await recruit(year, who, 'linkDuplicateEnquiry', { enquiryId: found.id, originalId: other.id, on: year.today }, 'Enquiry { id }');
  } else if (what === 'unlink') {
    const linked = await year.one<Enquiry>('select id, area_code, received_on::text from recruitment.enquiries where duplicate_of is not null order by id');
    if (linked !== undefined) await recruit(year, year.anyone(linked.area_code, 'social_worker'), 'unlinkDuplicateEnquiry', { enquiryId: linked.id, on: year.today }, 'Enquiry { id }');
  } else await receiving(year, found, who);
}

async function receiving(year: Year, { id, received_on }: Enquiry, who: Colleague): Promise<void> {
  const kind = year.random.weighted([['foster', 7], ['kinship', 2], ['family_house', 1]] as const);
  const born = (): string => `${year.random.between(1955, year.random.chance(0.05) ? 2003 : 1996)}-0${year.random.between(1, 9)}-1${year.random.below(9)}`;
  const at = year.random.below(LATIN.length);
  const adult = (i: number, carer: boolean): object => ({ nameLatin: LATIN[(at + i) % LATIN.length], nameKm: KHMER[(at + i) % KHMER.length], sex: i % 2 === 0 ? 'female' : 'male', birthDate: born(), carer });
  const adults = [adult(0, !year.random.chance(0.03)), ...(year.random.chance(0.6) ? [adult(1, year.random.chance(0.5))] : []), ...(year.random.chance(0.2) ? [adult(2, false)] : [])];
  await onApplication(year, who, 'receiveApplication', { enquiryId: id, on: year.lately(2, received_on), kind, languages: ['khm'], adults, ownChildren: year.random.below(4) });
}

const OPEN = `select a.id, a.family_id, f.area_code, a.received_on::text, a.state, f.kind from recruitment.applications a join carers.families f on f.id = a.family_id`;

/** An application goes one step on: whatever its dossier lacks is brought, the panel meets, a supervisor decides. */
export async function advancing(year: Year): Promise<void> {
  const found = await year.one<Application>(`${OPEN} where a.state not in ('approved', 'refused', 'withdrawn') order by a.id limit 5`);
  if (found === undefined) return following(year);
  const who = year.anyone(found.area_code, 'social_worker');
  const about = { applicationId: found.id };
  if (year.random.chance(0.012)) return void (await onApplication(year, who, 'withdrawApplication', { ...about, on: year.today }));
  if (found.state === 'panel') return deciding(year, found);
  if (year.random.chance(0.02)) return studying(year, found, who);
  const token = await lacking(year, found);
  if (token.adult !== undefined) {
    const concern = year.random.chance(0.015);
    const on = year.lately(3, found.received_on);
    await onApplication(year, who, 'recordCheck', { ...about, adultId: token.adult.id, kind: token.adult.kind, outcome: concern ? 'concern' : 'clear', on, validUntil: addMonths(civil(on), year.random.pick([2, 6, 12, 24])) });
  } else if (token.party !== undefined) {
    await onApplication(year, who, 'recordSignature', { ...about, party: token.party, how: year.random.pick(['signed', 'thumbprint']), on: year.lately(3, found.received_on) });
  } else if (!token.recommended) await studying(year, found, who);
  else if (token.untrained !== undefined) await registering(year, found, token.untrained);
  else if (token.talk) await onApplication(year, year.anyone(found.area_code, 'supervisor'), 'recordMotiveTalk', { ...about, on: year.today });
  else await presenting(year, found, who);
}

/** What an application still lacks, as the simulator's own paper has it. */
async function lacking(year: Year, found: Application): Promise<{ adult?: { id: string; kind: string }; party?: string; recommended: boolean; untrained?: string; talk: boolean }> {
  const values = [found.family_id, year.today, found.id];
  const [adult] = await year.sql<{ id: string; kind: string }>(
    `select a.id, k.kind from carers.adults a cross join unnest(array['identity', 'criminal_record', 'health', 'no_violence']) as k (kind)
     where a.family_id = $1 and a.during @> $2::date and not exists (select from recruitment.checks c where c.adult_id = a.id and c.kind = k.kind and c.outcome = 'clear' and c.valid_until > $2::date
       and not exists (select from recruitment.checks n where n.adult_id = a.id and n.kind = k.kind and (n.done_on, n.id) > (c.done_on, c.id))) order by a.id, k.kind limit 1`, values.slice(0, 2),
  );
  const [party] = await year.sql<{ party: string }>(`select party from unnest(array['village_chief', 'commune', 'police']) as p (party) where not exists (select from recruitment.signatures s where s.application_id = $1 and s.party = p.party) limit 1`, [found.id]);
  const [study] = await year.sql<{ recommended: boolean; talk: boolean }>(
    `select recommended, exists (select from recruitment.home_studies h where h.application_id = $1 and h.motive_talk_needed and not exists (select from recruitment.motive_talks t where t.application_id = $1 and t.held_on >= h.done_on)) as talk
     from recruitment.home_studies where application_id = $1 order by done_on desc, id desc limit 1`, [found.id],
  );
  const [carer] = await year.sql<{ id: string }>(
    `select a.id from carers.adults a where a.family_id = $1 and a.carer and a.during @> $2::date and not exists (select from training.certificates t join training.courses c on c.id = t.course_id
       where t.adult_id = a.id and t.during @> $2::date and (c.audience = 'foster_carer' or $3 = 'kinship' and c.audience = 'kinship_carer')) order by a.id limit 1`, [found.family_id, year.today, found.kind],
  );
  return { ...(adult ? { adult } : {}), ...(party ? { party: party.party } : {}), ...(carer ? { untrained: carer.id } : {}), recommended: study?.recommended === true, talk: study?.talk === true };
}

async function studying(year: Year, found: Application, who: Colleague): Promise<void> {
  const motives = year.random.chance(0.15) ? [year.random.pick(MOTIVES)] : [];
  const by = year.random.chance(0.9) ? who : year.anyone(found.area_code, 'supervisor');
  await onApplication(year, by, 'recordHomeStudy', { applicationId: found.id, on: year.lately(3, found.received_on), recommended: !year.random.chance(0.08), motives, scores: STUDY_SECTIONS.map((section) => ({ section, score: year.random.between(2, 4) })) });
}

async function registering(year: Year, found: Application, adultId: string): Promise<void> {
  const session = await year.one<{ id: string }>(
    `select s.id from training.sessions s join training.courses c on c.id = s.course_id where s.cancelled_on is null and s.days[1] >= $1 and left(s.area_code, 2) = left($2, 2)
       and c.renews_id is null and (c.audience = 'foster_carer' or $3 = 'kinship' and c.audience = 'kinship_carer')
       and not exists (select from training.registrations r join training.sessions o on o.id = r.session_id where r.adult_id = $4 and r.state <> 'withdrawn' and o.cancelled_on is null and o.days[cardinality(o.days)] >= $1) order by s.id`,
    [year.today, found.area_code, found.kind, adultId],
  );
  if (session !== undefined) await year.act(year.anyone(found.area_code, 'social_worker'), 'registerForSession', { sessionId: session.id, adultId, on: year.today, waitIfFull: year.random.chance(0.8) }, 'TrainingSession { id }', 'TrainingRefused');
}

async function presenting(year: Year, found: Application, who: Colleague): Promise<void> {
  const inside = year.random.some(year.of('social_worker', found.area_code), 1);
  const members = year.random.chance(0.93) ? [...inside, ...year.random.some(year.of('supervisor', found.area_code), 2)] : year.random.some(year.staff.filter(({ role }) => role === 'social_worker'), year.random.between(2, 3));
  await onApplication(year, who, 'presentToPanel', { applicationId: found.id, on: year.today, members: members.map(({ account }) => account) });
}

async function deciding(year: Year, found: Application): Promise<void> {
  const who = year.anyone(found.area_code, 'supervisor');
  const about = { applicationId: found.id, on: year.today, reason: 'A calm home.' };
  const what = year.random.weighted([['approveFamily', 80], ['refuseFamily', 14], ['dissolvePanel', 6]] as const);
  if (what !== 'approveFamily') return void (await onApplication(year, who, what, about));
  const { code } = await onApplication(year, who, what, { ...about, terms: termsOf(year, found.kind) });
  // A panel that may not decide gives way to another one, and what ran out is brought anew.
  if (code === 'CONFLICT_OF_INTEREST' || code === 'NOT_COMPLETE') await onApplication(year, year.anyone(found.area_code, 'supervisor'), 'dissolvePanel', about);
}

/** Terms as they are asked for: now and then too many places, reversed ages, or another kind of care. */
export function termsOf(year: Year, kind: string): object {
  const [youngest, oldest] = year.random.chance(0.04) ? [12, 5] : [0, 17];
  return { places: year.random.between(1, year.random.chance(0.05) ? 11 : 3), youngest, oldest, sexes: ['female', 'male'], needs: [], careKinds: year.random.chance(0.03) ? ['family_house', 'kinship'] : kind === 'foster' ? ['foster', 'respite'] : [kind] };
}

/** A refused household appeals, or its appeal is decided; some did both before. */
export async function appealing(year: Year): Promise<void> {
  const found = await year.one<Application & { waits: boolean }>(`select x.*, exists (select from recruitment.appeals p where p.application_id = x.id and p.outcome is null) as waits from (${OPEN} where a.state = 'refused') x order by x.id`);
  if (found === undefined) return;
  const reason = 'We have moved house since.';
  if (!found.waits || year.random.chance(0.2)) await onApplication(year, year.anyone(found.area_code, 'social_worker'), 'appealRefusal', { applicationId: found.id, on: year.today, reason });
  else await onApplication(year, year.anyone(found.area_code, 'supervisor'), 'decideAppeal', { applicationId: found.id, on: year.today, outcome: year.random.pick(['upheld', 'dismissed']), reason });
}

/** A table of families that an office knew already, as a dry run or for real, with a bad row in it. */
export async function loading(year: Year): Promise<void> {
  const who = year.random.pick(year.staff.filter(({ role }) => role === 'social_worker'));
  const rows = Array.from({ length: year.random.between(1, 5) }, () => {
    const at = year.random.below(LATIN.length);
    const village = year.random.chance(0.15) ? '99' : `${who.area}${who.area === '0203' ? '0101' : '0101'}`;
    return ['foster', village, phoneOf(year), `${LATIN[at]} ${String.fromCharCode(65 + year.random.below(26))}`, year.random.chance(0.1) ? 'x' : 'female', '1980-02-03'].join(',');
  });
  const table = ['kind,area_code,phone,carer1_name_latin,carer1_sex,carer1_birth', ...rows].join('\n');
  await recruit(year, who, 'loadFamilies', { officeId: who.office, on: year.today, dryRun: year.random.chance(0.4), acceptDuplicates: year.random.chance(0.5), table }, 'FamilyLoad { id }');
}
