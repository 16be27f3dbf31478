import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'carers', name: 'families' })
export class FamilyEntity {
  @PrimaryColumn('uuid') id: string;
  @Column({ type: 'integer', insert: false }) number: number;
  @Column('text') kind: string;
  @Column('text', { name: 'name_km', nullable: true }) nameKm: string | null;
  @Column('text', { name: 'name_latin', nullable: true }) nameLatin: string | null;
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text', { name: 'area_code' }) areaCode: string;
  @Column('uuid', { name: 'office_id' }) officeId: string;
  @Column('text', { array: true }) languages: string[];
  @Column('text', { nullable: true }) religion: string | null;
  @Column('integer', { name: 'own_children' }) ownChildren: number;
  @Column('text', { array: true }) experience: string[];
  @Column('text', { name: 'school_area_code', nullable: true }) schoolAreaCode: string | null;
  @Column('date', { name: 'opened_on' }) openedOn: string;
  @Column('date', { name: 'closed_on', nullable: true }) closedOn: string | null;
  @Column('text', { name: 'closed_why', nullable: true }) closedWhy: string | null;
  @Column('integer') version: number;
}

@Entity({ schema: 'carers', name: 'adults' })
export class AdultEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'family_id' }) familyId: string;
  @Column('uuid', { name: 'office_id' }) officeId: string;
  @Column('text', { name: 'name_km', nullable: true }) nameKm: string | null;
  @Column('text', { name: 'name_latin', nullable: true }) nameLatin: string | null;
  @Column('text') sex: string;
  @Column('date', { name: 'birth_date' }) birthDate: string;
  @Column('text', { name: 'birth_precision' }) birthPrecision: string;
  @Column('boolean') carer: boolean;
  @Column('uuid', { name: 'account_id', nullable: true }) accountId: string | null;
  @Column('daterange') during: string;
}
