import { Module } from '@nestjs/common';

/** Owns areas, offices and holidays. */
@Module({})
export class TerritoryModule {}
