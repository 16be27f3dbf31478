// A demonstration of one table, to see that it is loaded, and kept from start to start.
import pg from 'pg';

export async function loadDemo(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('create table if not exists public.starts (at timestamptz not null default clock_timestamp())');
  await client.query('insert into public.starts default values');
  await client.query('grant select on public.starts to register_api');
  const { rows } = await client.query<{ count: string }>('select count(*) from public.starts');
  console.log(`start number ${rows[0]?.count ?? ''}`);
  await client.end();
}

export function demoSignIns(): readonly { who: string; account: string; password: string }[] {
  return [{ who: 'Social worker', account: 'worker', password: 'an invented one' }];
}
