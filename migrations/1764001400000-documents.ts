import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents of the files, sealed: a photo of a signed page, a paper of a check, a picture of a home. */
export class Documents1764001400000 implements MigrationInterface {
  name = 'Documents1764001400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema documents;
      grant usage on schema documents to register_api, register_worker;

      -- What somebody has sent in, cleaned and sealed with a key that is not in the database. No name of a file, no hash of what is in it.
      create table documents.documents (
        id uuid primary key,
        uploaded_by uuid not null references staff.accounts on delete restrict,
        uploaded_at timestamptz not null,
        media_type text not null,
        bytes int not null,
        sealed bytea not null,
        constraint documents_media_type check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
        constraint documents_bytes check (bytes between 1 and 10000000),
        -- Version of the key, nonce and tag stand before the sealed bytes.
        constraint documents_sealed check (octet_length(sealed) = bytes + 30)
      );
      -- Sealed bytes do not shrink.
      alter table documents.documents alter column sealed set storage external;
      create index documents_by_uploader on documents.documents (uploaded_by, uploaded_at);
      create index documents_by_age on documents.documents (uploaded_at);

      -- What a document belongs to, said once by the act that brings it. Without a row here it waits, and only its uploader knows it.
      create table documents.attachments (
        document_id uuid primary key references documents.documents on delete restrict,
        subject_kind text not null,
        subject_id uuid not null,
        child_id uuid,
        family_id uuid,
        office_id uuid not null references territory.offices on delete restrict,
        -- Rests on a conviction or on health: opened by the office's supervisors alone.
        confidential boolean not null default false,
        attached_by uuid not null references staff.accounts on delete restrict,
        attached_at timestamptz not null,
        constraint attachments_subject_kind check (subject_kind ~ '^[a-z][a-z_]{1,39}$'),
        constraint attachments_about check (num_nonnulls(child_id, family_id) = 1)
      );
      create index attachments_by_subject on documents.attachments (subject_id, subject_kind);

      -- A wrong document stays with its file and says that it is wrong.
      create table documents.withdrawals (
        document_id uuid primary key references documents.attachments on delete restrict,
        reason text not null,
        withdrawn_by uuid not null references staff.accounts on delete restrict,
        withdrawn_on date not null,
        constraint withdrawals_reason check (reason in ('wrong_person', 'wrong_document', 'unreadable', 'no_consent'))
      );

      -- Asked by the policy of documents: whoever may no longer see what hers was attached to may not take it for one that waits.
      create function documents.is_attached(p_document uuid) returns boolean
        language sql stable security definer set search_path = ''
        as $$ select exists (select from documents.attachments a where a.document_id = p_document) $$;
      -- Asked by the policies of attachments, which may not ask a table whose policy asks them.
      create function documents.is_of(p_document uuid, p_account uuid) returns boolean
        language sql stable security definer set search_path = ''
        as $$ select exists (select from documents.documents d where d.id = p_document and d.uploaded_by = p_account) $$;
      revoke execute on function documents.is_attached, documents.is_of from public;
      grant execute on function documents.is_attached, documents.is_of to register_api, register_worker;

      grant select, insert on documents.documents, documents.attachments, documents.withdrawals to register_api;
      -- The worker removes what was never attached; it has no use for what is in a document.
      grant select (id, uploaded_by, uploaded_at), delete on documents.documents to register_worker;
      grant select on documents.attachments, documents.withdrawals to register_worker;

      alter table documents.documents enable row level security;
      alter table documents.attachments enable row level security;
      alter table documents.withdrawals enable row level security;
      -- Who may see an attachment is decided by what it is attached to: the room that attaches adds the policy.
      create policy documents_seen_by_the_actor on documents.documents for select to register_api
        using (uploaded_by = (select worklist.me()) and not documents.is_attached(id)
          or exists (select from documents.attachments a where a.document_id = id));
      create policy documents_of_the_uploader on documents.documents for insert to register_api with check (uploaded_by = (select worklist.me()));
      create policy documents_of_the_worker on documents.documents to register_worker using (true);
      create policy attachments_of_the_worker on documents.attachments to register_worker using (true);
      create policy withdrawals_seen_by_the_actor on documents.withdrawals for select to register_api
        using (exists (select from documents.attachments a where a.document_id = withdrawals.document_id));
      create policy withdrawals_of_the_actor on documents.withdrawals for insert to register_api
        with check (withdrawn_by = (select worklist.me()) and exists (select from documents.attachments a where a.document_id = withdrawals.document_id));
      create policy withdrawals_of_the_worker on documents.withdrawals to register_worker using (true);

      insert into platform.settings (name, during, value, citation) values
        ('documents.link_seconds', '[1900-01-01,)', '60', 'A rule of the register: no order names a time.'),
        ('documents.waiting_hours', '[1900-01-01,)', '24', 'A rule of the register: no order names a time.'),
        ('documents.waiting_most', '[1900-01-01,)', '20', 'A rule of the register: no order names a number.');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema documents cascade; delete from platform.settings where name like 'documents.%'`);
  }
}
