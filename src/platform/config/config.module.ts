import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Clock, SystemClock } from '../clock.js';
import type { Config } from './config.js';

export const CONFIG = Symbol('config');

/** Gives every room the one validated configuration and the one clock. */
@Global()
@Module({})
export class ConfigModule {
  static with(config: Config, clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: CONFIG, useValue: config }, { provide: Clock, useValue: clock }],
      exports: [CONFIG, Clock],
    };
  }
}
