import type { FastifyInstance } from 'fastify';
import { migrationStamps } from '../database/migration-stamps.js';
import type { UnitOfWork } from '../database/unit-of-work.js';

type Readiness = 'READY' | 'DATABASE' | 'MIGRATIONS';

/** How long a probe waits for a connection and an answer. */
const PATIENCE = 2_000;

/**
 * `/health/live`: the process answers. `/health/ready`: its database answers this role and has every migration of this
 * program; otherwise 503 and a code, so that nobody is sent here. Neither says an address, a version or a name.
 */
export function healthRoutes(instance: FastifyInstance, uow: UnitOfWork): void {
  const stamps = migrationStamps();
  instance.get('/health/live', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
  instance.get('/health/ready', async (_request, reply) => {
    const found = await readiness(uow, stamps);
    void reply.header('cache-control', 'no-store').code(found === 'READY' ? 200 : 503);
    return found === 'READY' ? { status: 'ok' } : { status: 'unavailable', code: found };
  });
}

/** One statement as the process's own role. A database that is ahead of this program serves it: migrations expand first. */
export async function readiness(uow: UnitOfWork, stamps: readonly string[]): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'DATABASE'>((give) => {
    timer = setTimeout(() => give('DATABASE'), PATIENCE);
  });
  try {
    const asked = uow.look<{ up_to_date: boolean }>(
      'select count(*) = cardinality($1::bigint[]) as up_to_date from public.applied_migrations where "timestamp" = any($1::bigint[])',
      [stamps],
    );
    return await Promise.race([asked.then((row): Readiness => (row?.up_to_date === true ? 'READY' : 'MIGRATIONS'), (): Readiness => 'DATABASE'), late]);
  } finally {
    clearTimeout(timer);
  }
}
