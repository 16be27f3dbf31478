import { Injectable } from '@nestjs/common';
import type { Op } from '../database/op.js';
import type { Reading } from './metrics.js';

/** A number of the database that somebody should watch: a room names it, the worker reads it. Its statement follows an index. */
export interface DatabaseGauge {
  readonly name: string;
  readonly help: string;
  readonly read: (op: Op) => Promise<number>;
}

/** Numbers of the database, named by rooms in `onModuleInit`. Every process knows them, only the worker reads them. */
@Injectable()
export class Gauges {
  readonly #gauges: DatabaseGauge[] = [];

  define(gauge: DatabaseGauge): void {
    if (this.#gauges.some(({ name }) => name === gauge.name)) throw new Error(`The gauge ${gauge.name} is defined twice.`);
    this.#gauges.push(gauge);
  }

  /** All of them, one after the other in one short transaction. */
  async read(op: Op): Promise<readonly Reading[]> {
    // Who asked is not there any more after a second.
    await op.tx.run(`select set_config('statement_timeout', '1000', true)`);
    const readings: Reading[] = [];
    for (const { name, help, read } of this.#gauges) readings.push({ name, help, value: await read(op) });
    return readings;
  }
}
