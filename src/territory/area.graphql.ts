import { ArgsType, Field, Float, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsOptional, Matches } from 'class-validator';
import { PageArgs, connectionOf } from '../platform/graphql/connection.js';
import { IsText } from '../platform/graphql/inputs.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import type { AreaRow } from './areas.queries.js';
import type { OfficeRow } from './offices.loader.js';

/** How an area's code is written in every input: two digits for each level. */
export const AREA_CODE = /^\d{2}(\d{2}){0,3}$/;

export enum AreaLevel {
  province = 'province',
  district = 'district',
  commune = 'commune',
  village = 'village',
}
registerEnumType(AreaLevel, { name: 'AreaLevel', description: 'The four levels of areas, outermost first.' });

export enum OfficeKind {
  ministry = 'ministry',
  province = 'province',
  district = 'district',
}
registerEnumType(OfficeKind, { name: 'OfficeKind', description: 'What an office is: the ministry, a provincial department, a district office.' });

export enum Nearness {
  same_village = 'same_village',
  same_commune = 'same_commune',
  same_district = 'same_district',
  same_province = 'same_province',
  further = 'further',
}
registerEnumType(Nearness, { name: 'Nearness', description: 'How near two areas are by what surrounds both, nearest first.' });

@ObjectType({ description: 'The middle of an area on the map, in decimal degrees (WGS 84).' })
export class Centroid {
  @Field(() => Float, { description: 'Degrees north.' })
  lat: number;

  @Field(() => Float, { description: 'Degrees east.' })
  lng: number;
}

@ObjectType({ description: 'A province, district, commune or village, as the national list of areas names it.' })
export class Area {
  @Field(() => String, { description: 'National code, with its leading zero: two digits for each level.' })
  code: string;

  @Field(() => AreaLevel, { description: 'Which of the four levels.' })
  level: AreaLevel;

  @Field(() => String, { description: 'What the national list calls it in English: District, Municipality, Section, Commune, Quarter.' })
  typeEn: string;

  @Field(() => String, { nullable: true, description: 'Name in Khmer, as typed in the national list; null where it gives none.' })
  nameKm: string | null;

  @Field(() => String, { nullable: true, description: 'Name in Latin letters; null where the national list gives none.' })
  nameLatin: string | null;

  @Field(() => Centroid, { nullable: true, description: 'Its middle; null for most villages.' })
  centroid: Centroid | null;

  parentCode: string | null;
}

export const AreaConnection = connectionOf(Area, 'Area');

@ObjectType({ description: 'An office of the ministry that answers for an area.' })
export class Office {
  @Field(() => IdScalar, { description: 'The office.' })
  id: string;

  @Field(() => OfficeKind, { description: 'What it is.' })
  kind: OfficeKind;

  @Field(() => String, { description: 'Name in Khmer.' })
  nameKm: string;

  @Field(() => String, { description: 'Name in Latin letters.' })
  nameLatin: string;

  areaCode: string | null;
}

export const OfficeConnection = connectionOf(Office, 'Office');

@ObjectType({ description: 'How far two areas are apart, and between which centroids that was measured.' })
export class Distance {
  @Field(() => Float, { description: 'Kilometres between the two centroids as the crow flies, rounded to 100 m.' })
  km: number;

  @Field(() => Boolean, { description: 'Both areas have a centroid of their own; otherwise the nearest area around one of them stood for it.' })
  exact: boolean;

  @Field(() => Nearness, { description: 'How near they are by what surrounds both.' })
  nearness: Nearness;

  fromCode: string;
  toCode: string;
}

@ArgsType()
export class AreasArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Only areas inside this one; without a level or a search, only those directly inside.' })
  @IsOptional()
  @Matches(AREA_CODE)
  parent?: string | null;

  @Field(() => AreaLevel, { nullable: true, description: 'Only areas of this level.' })
  @IsOptional()
  @IsEnum(AreaLevel)
  level?: AreaLevel | null;

  @Field(() => String, { nullable: true, description: 'A part of the name in Khmer or Latin letters; spellings that look alike are found.' })
  @IsOptional()
  @IsText(100)
  search?: string | null;
}

@ArgsType()
export class OfficesArgs extends PageArgs {
  @Field(() => OfficeKind, { nullable: true, description: 'Only offices of this kind.' })
  @IsOptional()
  @IsEnum(OfficeKind)
  kind?: OfficeKind | null;

  @Field(() => String, { nullable: true, description: 'Only offices that answer for this area or a part of it.' })
  @IsOptional()
  @Matches(AREA_CODE)
  areaCode?: string | null;
}

/** The area as the door shows it. */
export function toArea(row: AreaRow): Area {
  return {
    code: row.code,
    level: AreaLevel[row.level],
    typeEn: row.type_en,
    nameKm: row.name_km || null,
    nameLatin: row.name_latin || null,
    centroid: row.lat === null || row.lng === null ? null : { lat: row.lat, lng: row.lng },
    parentCode: row.parent_code,
  };
}

/** The office as the door shows it. */
export function toOffice(row: OfficeRow): Office {
  return { id: row.id, kind: OfficeKind[row.kind], nameKm: row.name_km, nameLatin: row.name_latin, areaCode: row.area_code };
}
