import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'children', name: 'children' })
export class ChildEntity {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'integer', insert: false, update: false }) number: number;
  @Column('text', { name: 'name_km', nullable: true }) nameKm: string | null;
  @Column('text', { name: 'name_latin', nullable: true }) nameLatin: string | null;
  @Column('text') sex: string;
  @Column('date', { name: 'birth_date' }) birthDate: string;
  @Column('text', { name: 'birth_precision' }) birthPrecision: string;
  @Column('text', { name: 'birth_basis' }) birthBasis: string;
  @Column('uuid', { name: 'office_id' }) officeId: string;
  @Column('uuid', { name: 'origin_office_id', nullable: true }) originOfficeId: string | null;
  @Column('uuid', { name: 'institution_id', nullable: true }) institutionId: string | null;
  @Column('text', { name: 'home_area_code', nullable: true }) homeAreaCode: string | null;
  @Column('text', { nullable: true }) religion: string | null;
  @Column('text', { array: true }) languages: string[];
  @Column('text', { name: 'main_reason', nullable: true }) mainReason: string | null;
  @Column('text', { array: true }) reasons: string[];
  @Column('text', { name: 'parental_status' }) parentalStatus: string;
  @Column('text', { name: 'civil_registration' }) civilRegistration: string;
  @Column('boolean', { nullable: true }) disability: boolean | null;
  @Column('date', { name: 'died_on', nullable: true }) diedOn: string | null;
  @Column('date', { name: 'registered_on' }) registeredOn: string;
  @Column('date', { name: 'first_seen_on' }) firstSeenOn: string;
  @Column('date', { name: 'last_seen_on' }) lastSeenOn: string;
  @Column('integer') version: number;
}

@Entity({ schema: 'children', name: 'relatives' })
export class RelativeEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'child_id' }) childId: string;
  @Column('text') relation: string;
  @Column('text', { name: 'name_km', nullable: true }) nameKm: string | null;
  @Column('text', { name: 'name_latin', nullable: true }) nameLatin: string | null;
  @Column('text') whereabouts: string;
  @Column('text', { name: 'area_code', nullable: true }) areaCode: string | null;
  @Column('text', { nullable: true }) contact: string | null;
  @Column('text', { nullable: true }) phone: string | null;
}
