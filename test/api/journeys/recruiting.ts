import type { Journey } from './journey.js';

/** Step 1: an administrator loads areas from a CSV file; a bad row is named and the others go in. */
export async function loadAreas(j: Journey): Promise<void> {
  j.step(1, 'The operator loads areas from a CSV file, in any order, twice');
  const header = 'code,parent_code,level,type_en,name_km,name_latin,lat,lng';
  const rows = ['02030105,020301,village,Village,ភូមិសាកល្បង,Tour Village,,', '020301,0203,commune,Quarter,ទួលតាឯក,Tuol Ta Ek,13.0933619,103.1868626'];
  const bad = '02039x,0203,commune,Commune,ខុស,Wrong,,';
  const first = await j.place.loadAreas([header, ...rows, bad].join('\n'));
  j.expect(first.output.includes('4'), 'the bad row is named by its line');
  j.tell(first.output.trim().split('\n').slice(-4).join('\n   '));
  const again = await j.place.loadAreas([header, ...rows].join('\n'));
  j.expect(again.code === 0 && /Nothing was changed/.test(again.output), 'twice changes nothing');
  j.tell(`again -> ${again.output.trim().split('\n').at(-1)}`);
  const worker = await j.as('worker');
  const { distance } = await worker.ask('{ distance(from: "02030105", to: "17100101") { km exact nearness from { code level } to { code level } } }');
  j.tell(`distance from the new village: ${distance.km} km, exact: ${distance.exact}, measured from ${distance.from.level} ${distance.from.code}`);
}

/** Step 2: a campaign, an enquiry, a follow-up, an application. */
export async function recruit(j: Journey): Promise<void> {
  j.step(2, 'A social worker opens a campaign, records an enquiry, follows it up, and receives an application');
  const worker = await j.as('worker');
  const campaign = { nameKm: 'ផ្ទះមួយសម្រាប់កុមារ', nameLatin: 'A home for a child', channels: ['village_meeting', 'radio'], startsOn: j.day(1), endsOn: j.day(20) };
  j.fails('a campaign in another province', await worker.isRefused('openCampaign', { ...campaign, areaCode: '1710' }, 'Campaign { id }', 'RecruitmentRefused'), 'FORBIDDEN');
  const opened = await worker.does('openCampaign', { ...campaign, areaCode: '0203' }, 'Campaign { id nameLatin areaCode }');
  j.facts.campaignId = opened.id;
  j.tell(`campaign "${opened.nameLatin}" in ${opened.areaCode}`);
  const enquiry = await worker.does(
    'recordEnquiry',
    { campaignId: opened.id, nameKm: 'នួន សុភាព', nameLatin: 'Nuon Sopheap', phone: '០១២ ៩៨៧ ៦៥៤', areaCode: '02030104', on: j.day(1) },
    'Enquiry { id state phone }',
  );
  j.tell(`enquiry recorded, telephone kept as ${enquiry.phone}`);
  const asked = await worker.does('followUpEnquiry', { enquiryId: enquiry.id, on: j.day(2), outcome: 'interested', nextOn: j.day(9), note: 'Both want to talk with their children first.' }, 'Enquiry { state nextOn }');
  j.tell(`followed up: ${asked.state}, ask again on ${asked.nextOn}`);
  const application = await worker.does(
    'receiveApplication',
    {
      enquiryId: enquiry.id, on: j.day(2), kind: 'foster', languages: ['khm'], religion: 'Buddhist', ownChildren: 1,
      adults: [
        { nameKm: 'នួន សុភាព', nameLatin: 'Nuon Sopheap', sex: 'female', birthDate: '1987-02-11', carer: true },
        { nameKm: 'ឡុង វុទ្ធី', nameLatin: 'Long Vuthy', sex: 'male', birthDate: '1984-01-01', birthPrecision: 'year', carer: false },
      ],
    },
    'Application { id familyId state dossier { missing } }',
  );
  j.facts.applicationId = application.id;
  j.facts.familyId = application.familyId;
  j.tell(`application ${application.state}; the panel waits for ${application.dossier.missing.join(', ')}`);
}
