// What the text columns of every table hold. Whoever adds a column says it here; a test fails until then.
// Columns of tables that are not named here are taken for words.

/**
 * `code`: ids, states, zones and sums that the program makes. `desk`: what the organisation says of
 * itself and its work. `record`: what one record says of its own person or company, and goes with it.
 * `words`: what was typed or received, in which somebody else may be named.
 */
export type TextKind = 'code' | 'desk' | 'record' | 'words';

const FACT: Readonly<Record<string, TextKind>> = {
  ...{ id: 'code', agent_id: 'code', contact_id: 'code', customer_id: 'code', call_id: 'code' },
  ...{ matter_id: 'code', list_id: 'code', origin: 'code' },
};

export const TEXT_COLUMNS: Readonly<Record<string, Readonly<Record<string, TextKind>>>> = {
  meta: { name: 'code', value: 'code' },
  settings: { name: 'code', value_json: 'desk' },
  agents: { id: 'code', name: 'desk', origin: 'code' },
  accounts: {
    ...{ id: 'code', server: 'desk', user: 'desk', domain: 'desk', auth_user: 'desk' },
    ...{ display_name: 'desk', further_servers_json: 'desk', ice_servers_json: 'desk' },
    ...{ dtmf: 'code', mailbox: 'desk' },
  },
  lists: { ...FACT, name: 'words', query: 'words' },
  customers: {
    ...{ ...FACT, name: 'record', sort_name: 'record', company: 'record', city: 'record' },
    ...{ emails_json: 'record', tags_json: 'desk', preferred_time: 'words', street: 'record' },
    ...{ postal_code: 'record', country: 'code', external_id: 'record', organisation_id: 'code' },
    ...{ household_id: 'code', custom_json: 'words' },
  },
  customer_numbers: {
    ...FACT,
    raw: 'record',
    e164: 'record',
    number_key: 'record',
    label: 'words',
  },
  customer_summary: {
    ...{ customer_id: 'code', last_felt_contact_id: 'code', last_emotion: 'code' },
    recovery_contact_id: 'code',
  },
  customer_emails: { email_key: 'record', customer_id: 'code' },
  customer_changes: {
    ...{ change_id: 'code', customer_id: 'code', field: 'code', before_json: 'words' },
    ...{ after_json: 'words', agent_id: 'code', source: 'code' },
  },
  customer_rank: { emotion: 'code' },
  customer_tags: { tag: 'desk', customer_id: 'code' },
  tag_counts: { tag: 'desk' },
  customer_merges: {
    ...{ id: 'code', customer_id: 'code', survivor_id: 'code', loser_id: 'code' },
    ...{ survivor_name: 'words', loser_name: 'words', agent_id: 'code', undone_by: 'code' },
    ...{ undo_json: 'words', moved_changes_json: 'code' },
  },
  duplicate_pairs: { one_id: 'code', other_id: 'code', kind: 'code' },
  duplicate_scan: { state: 'code' },
  not_duplicates: { one_id: 'code', other_id: 'code', agent_id: 'code' },
  organisations: {
    ...{ id: 'code', name: 'record', sort_name: 'record', city: 'record', website: 'record' },
    ...{ custom_json: 'words', agent_id: 'code', origin: 'code' },
  },
  households: { id: 'code', name: 'record', agent_id: 'code', origin: 'code' },
  custom_fields: {
    ...{ id: 'code', key: 'code', applies_to: 'code', label: 'desk', kind: 'code' },
    choices_json: 'desk',
  },
  matters: { ...FACT, title: 'words' },
  contacts: {
    ...{ ...FACT, kind: 'code', direction: 'code', zone: 'code', subject: 'words', note: 'words' },
    ...{ outcome: 'code', expectation: 'code', external_id: 'code', currency: 'code' },
  },
  calls: {
    ...{ ...FACT, account_id: 'code', direction: 'code', remote_uri: 'words' },
    ...{ remote_number: 'words', remote_display: 'words', called_number: 'words' },
    ...{ diverted_from: 'words', e164: 'words', number_key: 'words', zone: 'code', cause: 'code' },
    ...{ ended_by: 'code', quality_json: 'code', returns_call_id: 'code' },
    ...{ returned_by_call_id: 'code', queue: 'desk', leg_of_call_id: 'code', leg_kind: 'code' },
    ...{ transfer_kind: 'code', transferred_to: 'words', transfer_state: 'code' },
  },
  call_events: { call_id: 'code', type: 'code', event_json: 'words' },
  wrap_ups: { ...FACT, state: 'code', draft_json: 'words' },
  feelings: { ...FACT, part: 'code', emotion: 'code' },
  promises: { ...FACT, owner_id: 'code', text: 'words', state: 'code', settled_by: 'code' },
  questions: { ...FACT, text: 'words' },
  deals: {
    ...{ ...FACT, decided_contact_id: 'code', decided_by: 'code', title: 'words', state: 'code' },
    ...{ currency: 'code', lost_reason: 'words' },
  },
  cue_rules: { muted: 'code' },
  cue_verdicts: { ...FACT, subject: 'code', kind: 'code' },
  cue_showings: { ...FACT, subject: 'code', occasion: 'code' },
  number_choices: { number_key: 'words', customer_id: 'code', agent_id: 'code', taught: 'code' },
  agent_states: { ...FACT, state: 'code' },
  kpi_measures: { agent_id: 'code', measure: 'code', origin: 'code', list_id: 'code' },
  outbox: { kind: 'code', fact_id: 'code', origin: 'code', body_json: 'code' },
  recordings: { ...FACT, state: 'code', erased_by: 'code', wrapped_key: 'code' },
  recording_chunks: { recording_id: 'code', chain_hash: 'code' },
  import_files: { id: 'code', name: 'words', wrapped_key: 'code' },
  imports: {
    ...{ id: 'code', kind: 'code', format: 'code', file_name: 'words', file_id: 'code' },
    ...{ policy: 'code', reading_json: 'desk', columns_json: 'desk', state: 'code' },
    ...{ skipped_json: 'code', rejected_json: 'code', problem: 'code', undone_json: 'words' },
    agent_id: 'code',
  },
  import_batches: { import_id: 'code', first_id: 'code', last_id: 'code' },
  import_updates: { import_id: 'code', customer_id: 'code' },
  import_rejects: { import_id: 'code', reason: 'code', field: 'code', cells_json: 'words' },
  import_skips: { import_id: 'code', reason: 'code', customer_id: 'code' },
  import_mappings: {
    ...{ id: 'code', name: 'desk', kind: 'code', signature: 'desk', targets_json: 'desk' },
  },
  work_items: {
    ...{ ...FACT, kind: 'code', group_key: 'words', number: 'words', e164: 'words' },
    ...{ number_key: 'words', display: 'words', note: 'words', owner_id: 'code', state: 'code' },
    ...{ result: 'code', settled_by: 'code', settled_by_call_id: 'code', source: 'code' },
    ...{ audio_type: 'code', external_id: 'code' },
  },
  work_audio: { work_id: 'code', chunk: 'code' },
  ignored_numbers: {
    ...{ number_key: 'words', raw: 'words', action: 'code', note: 'words', agent_id: 'code' },
  },
  connections: { id: 'code', name: 'desk', mappings_json: 'desk' },
  api_tokens: {
    ...{ id: 'code', name: 'desk', hash: 'code', scopes_json: 'code', connection_id: 'code' },
  },
  webhooks: {
    ...{ id: 'code', name: 'desk', url: 'desk', events_json: 'code', secret: 'desk' },
    ...{ connection_id: 'code', state: 'code', paused_reason: 'code' },
  },
  webhook_deliveries: {
    ...{ id: 'code', webhook_id: 'code', type: 'code', customer_id: 'code', body_json: 'words' },
    ...{ state: 'code', last_problem: 'words' },
  },
  promises_told: { promise_id: 'code' },
  link_templates: { id: 'code', label: 'desk', url: 'desk', connection_id: 'code' },
  objections: {
    ...{ id: 'code', customer_id: 'code', kind: 'code', manner: 'code', note: 'words' },
    ...{ agent_id: 'code', withdrawn_by: 'code' },
  },
  consent_proofs: {
    // Sealed; a changed row would break the chain.
    ...{ proof_id: 'code', kind: 'code', agent_id: 'code', body: 'code', body_hash: 'code' },
    ...{ hash: 'code', customer_id: 'code' },
  },
  access_log: {
    ...{ agent_id: 'code', what: 'code', customer_id: 'code', reason: 'words' },
    detail_json: 'code',
  },
};

/** What a text column holds; null where it is no text. */
export function textKindOf(table: string, column: { name: string; type: string }): TextKind | null {
  if (!/^(TEXT|ANY|BLOB)$/i.test(column.type)) return null;
  const declared = TEXT_COLUMNS[table]?.[column.name];
  if (declared) return declared;
  // A table of another age or subject: what looks like an id is none of anybody's words.
  return /^BLOB$/i.test(column.type) || /(^|_)(id|zone|origin|state)$/.test(column.name)
    ? 'code'
    : 'words';
}
