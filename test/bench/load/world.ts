import type pg from 'pg';
import type { Thing, World } from './operations.js';

const CHILD = `c.id, c.number, c.version, c.name_km as "nameKm", c.name_latin as "nameLatin"`;
const HER = 'join children.children c on c.id = x.child_id';
const HAS_HOME = `exists (select from placements.placements p where p.child_id = c.id and p.state in ('planned', 'approved', 'active'))`;

/** Each kind: the place whose people see the row, its id, and what an act needs of it. `TODAY` is the register's day. */
const KINDS: Readonly<Record<string, string>> = {
  children: `select c.office_id as place, ${CHILD} from children.children c where c.died_on is null`,
  residents: `select c.institution_id as place, ${CHILD} from children.children c where c.died_on is null and c.institution_id is not null`,
  names: `select '' as place, ${CHILD} from children.children c where abs(hashtext(c.id::text)) % 8 = 0`,
  anyChild: `select '' as place, c.id from children.children c where abs(hashtext(c.id::text)) % 8 = 1`,
  waitingChildren: `select c.office_id as place, c.id from children.children c where c.died_on is null and c.institution_id is not null and not ${HAS_HOME}
    and (select g.state from placements.gatekeepings g where g.child_id = c.id order by g.opened_on desc, g.id desc limit 1) = 'complete'
    and not exists (select from children.siblings s where s.child_id = c.id)`,
  families: `select f.office_id as place, f.id, f.number, f.name_km as "nameKm", f.name_latin as "nameLatin", f.area_code as area from carers.families f`,
  openFamilies: `select f.office_id as place, f.id, f.version from carers.families f where f.closed_on is null`,
  institutions: `select office_id as place, id from institutions.institutions where state = 'open'`,
  institution: `select id as place, id from institutions.institutions where state = 'open'`,
  placements: `select office_id as place, id from placements.placements`,
  plans: `select c.office_id as place, x.id from placements.placements x ${HER} where x.state = 'planned'`,
  currentPlacements: `select c.office_id as place, x.id from placements.placements x ${HER} where x.state in ('planned', 'approved', 'active')`,
  endingPlacements: `select c.office_id as place, x.id from placements.placements x ${HER} where x.state = 'active' and x.starts_on < TODAY - 60 and c.died_on is null
    and not exists (select from placements.placements p where p.child_id = c.id and p.state in ('planned', 'approved'))
    and exists (select from placements.episodes e where e.child_id = c.id and e.placement_id = x.id and upper_inf(e.during))`,
  gatekeepings: `select c.office_id as place, x.id from placements.gatekeepings x ${HER}`,
  newGatekeepings: `select c.office_id as place, x.id from placements.gatekeepings x ${HER} where x.state = 'open' and not exists (select from placements.options o where o.gatekeeping_id = x.id)`,
  visits: `select c.office_id as place, x.id from casework.visits x ${HER}`,
  dueVisits: `select c.office_id as place, x.id from casework.visits x ${HER} join placements.placements p on p.id = x.placement_id where x.state = 'due' and p.state = 'active' and p.starts_on <= TODAY`,
  enquiries: `select office_id as place, id from recruitment.enquiries`,
  openEnquiries: `select office_id as place, id from recruitment.enquiries where state in ('new', 'followed_up') and received_on <= TODAY`,
  applications: `select office_id as place, id from recruitment.applications`,
  campaigns: `select office_id as place, id from recruitment.campaigns`,
  lists: `select c.office_id as place, x.id from matching.lists x ${HER}`,
  proposals: `select c.office_id as place, x.id from matching.proposals x ${HER}`,
  waitingProposals: `select c.office_id as place, x.id from matching.proposals x ${HER} where x.state = 'waiting' and not exists (
    select from matching.proposal_children k join placements.placements p on p.id = k.placement_id where k.proposal_id = x.id and p.state <> 'planned')`,
  runs: `select office_id as place, id from support.runs`,
  sessions: `select '' as place, id from training.sessions`,
  accounts: `select '' as place, id from staff.accounts`,
  areas: `select '' as place, code as id, name_latin as "nameLatin" from territory.areas`,
  villages: `select coalesce(d.id, p.id) as place, a.code as id from territory.areas a left join territory.offices d on d.area_code = left(a.code, 4)
    left join territory.offices p on p.area_code = left(a.code, 2) where a.level = 'village' and coalesce(d.id, p.id) is not null`,
  offices: `select '' as place, id from territory.offices`,
  certificates: `select '' as place, number as id from training.certificates`,
  quarters: `select '' as place, quarter as id from statistics.releases`,
  messages: `select account_id as place, id from worklist.inbox`,
  tasksByHand: `select coalesce(account_id::text, post) as place, id from worklist.tasks
    where state = 'open' and kind in ('placements.breach', 'placements.confirm', 'placements.papers', 'casework.visit_worry')`,
};

/** At most so many of one kind at one place: a driver does not need every certificate of the country. */
const MOST = 5_000;

/** What the register holds, in an order that the seed decides. Read by the owner, before anything is measured. */
export async function readWorld(owner: pg.Pool, seed: number, today: string): Promise<World> {
  const world: Record<string, Record<string, Thing[]>> = {};
  for (const [kind, sql] of Object.entries(KINDS)) {
    const { rows } = await owner.query<Thing & { place: string }>(`select * from (${sql.replaceAll('TODAY', '$2::date')}) as x where $2::date is not null order by md5(x.id::text || $1)`, [String(seed), today]);
    const places: Record<string, Thing[]> = {};
    for (const { place, ...thing } of rows) {
      const there = (places[place] ??= []);
      if (there.length < MOST) there.push(thing);
    }
    world[kind] = places;
  }
  return world;
}
