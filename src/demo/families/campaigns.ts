import { addDays, daysBetween, minDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import type { Chronicle } from '../chronicle.js';
import { days } from '../copy.js';
import type { Sheets } from '../copy.js';
import type { Stream } from '../random.js';
import { stream } from '../random.js';
import type { DemoLand } from '../world.js';

const CHANNELS = ['village_meeting', 'radio', 'loudspeaker', 'pagoda', 'social_media', 'leaflet'] as const;
const NAMES = [
  ['ផ្ទះមួយសម្រាប់កុមារ', 'A home for a child'], ['គ្រួសារជាកន្លែងល្អបំផុត', 'A family is the best place'], ['បើកទ្វារផ្ទះអ្នក', 'Open your door'],
  ['កុមាររង់ចាំអ្នក', 'A child waits for you'], ['ភូមិយើងថែទាំកុមារ', 'Our village cares'],
] as const;

interface Campaign {
  readonly id: string;
  readonly from: CivilDate;
  /** The last day on which an enquiry came of it. */
  readonly last: CivilDate;
}

/** Two years of campaigns in the districts of a province. */
export class Campaigns {
  readonly #ofOffice = new Map<string, Campaign[]>();

  constructor(land: DemoLand, sheets: Sheets, chronicle: Chronicle, province: string) {
    const sheet = sheets.sheet('recruitment.campaigns', [
      'id', 'name_km', 'name_latin', 'area_code', 'office_id', 'channels', 'during', 'people_reached', 'cost', 'closed_on', 'version',
    ]);
    const events = sheets.sheet('recruitment.campaign_events', ['id', 'campaign_id', 'held_on', 'area_code', 'channel', 'people_reached', 'note']);
    for (const { code } of land.places.below(province)) {
      const random = stream(land.seed, 'campaigns', code);
      const office = land.places.officeFor(code).id;
      for (let i = random.between(1, 3); i > 0; i--) {
        const [nameKm, nameLatin] = random.pick(NAMES);
        const openedOn = random.day(land.began, addDays(land.today, -3));
        const from = addDays(openedOn, random.between(0, 9));
        const to = addDays(from, random.between(10, 60));
        const closedOn = to < addDays(land.today, -12) && random.chance(0.9) ? addDays(to, random.between(0, 9)) : null;
        const id = random.id(openedOn);
        const channels = random.some(CHANNELS, random.between(1, 3));
        // A stream of their own, so that nothing else of the country changes with them.
        const apart = stream(land.seed, 'campaign', id);
        sheet.add({
          id, name_km: `${nameKm} ${from.slice(0, 4)}`, name_latin: `${nameLatin} ${from.slice(0, 4)}`, area_code: code, office_id: office,
          channels, during: days(from, addDays(to, 1)), people_reached: closedOn === null ? null : random.between(40, 900), cost: closedOn === null ? null : apart.between(2, 60) * 50_000,
          closed_on: closedOn, version: closedOn === null ? 1 : 2,
        });
        const by = (day: CivilDate) => land.roster.one('social_worker', office, day, random);
        chronicle.act(random, { act: 'campaign.open', by: by(openedOn), subject: ['campaign', id], on: openedOn });
        const last = minDate(closedOn ?? to, minDate(to, addDays(land.today, -1)));
        for (let left = last < from ? 0 : apart.between(0, 3); left > 0; left--) {
          const on = apart.day(from, last);
          events.add({ id: apart.id(on), campaign_id: id, held_on: on, area_code: code, channel: apart.pick(channels), people_reached: apart.between(8, 160), note: null });
          chronicle.act(apart, { act: 'campaign.recordEvent', by: land.roster.one('social_worker', office, on, apart), subject: ['campaign', id], on, changed: ['events'] });
        }
        if (closedOn !== null) chronicle.act(random, { act: 'campaign.close', by: by(closedOn), subject: ['campaign', id], on: closedOn, changed: ['closed_on', 'people_reached', 'cost'] });
        this.#ofOffice.set(office, [...(this.#ofOffice.get(office) ?? []), { id, from, last: closedOn ?? minDate(addDays(to, 30), land.today) }]);
      }
    }
  }

  /** A campaign of the office that an enquiry of this day may have come of, half the time where there is one. */
  behind(random: Stream, officeId: string, day: CivilDate): string | null {
    const running = (this.#ofOffice.get(officeId) ?? []).filter(({ from, last }) => from <= day && day <= last && daysBetween(from, day) < 90);
    return running.length > 0 && random.chance(0.7) ? random.pick(running).id : null;
  }
}
