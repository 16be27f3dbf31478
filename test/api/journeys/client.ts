import { randomUUID } from 'node:crypto';

/** What a GraphQL client gets back. */
export interface Reply {
  readonly status: number;
  // The journey reads what it asked for and checks it as it goes.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** A person at a GraphQL client: signs in once, then sends. */
export class Person {
  private constructor(
    private readonly address: string,
    readonly name: string,
    private readonly token: string | undefined,
    readonly accountId: string,
    private readonly language: 'km' | 'en',
    private readonly more: Readonly<Record<string, string>> = {},
  ) {}

  static async signIn(address: string, name: string, login: string, password: string, language: 'km' | 'en' = 'en', code?: string): Promise<Person> {
    const stranger = new Person(address, name, undefined, '', language);
    const reply = await stranger.send(
      `mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignedIn { accessToken me { id } } ... on StaffRefused { code message } } }`,
      { input: { login, password, ...(code !== undefined && { code }) } },
    );
    if (reply.data?.signIn?.__typename !== 'SignedIn') throw new Error(`${name} cannot sign in: ${JSON.stringify(reply.data?.signIn ?? reply.errors)}`);
    return new Person(address, name, reply.data.signIn.accessToken, reply.data.signIn.me.id, language);
  }

  static stranger(address: string): Person {
    return new Person(address, 'a stranger', undefined, '', 'en');
  }

  /** Her access token, for whoever sends without this client. */
  bearer(): string {
    return this.token ?? '';
  }

  /** The same person, asking in another language. */
  speaking(language: 'km' | 'en'): Person {
    return new Person(this.address, this.name, this.token, this.accountId, language);
  }

  /** The same person, whose requests carry these headers too. */
  carrying(more: Readonly<Record<string, string>>): Person {
    return new Person(this.address, this.name, this.token, this.accountId, this.language, more);
  }

  async send(query: string, variables: object = {}): Promise<Reply> {
    const response = await fetch(`${this.address}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': this.language,
        ...this.more,
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Omit<Reply, 'status'>) };
  }

  /** Asks a question and expects an answer without errors. */
  async ask(query: string, variables: object = {}): Promise<Reply['data']> {
    const reply = await this.send(query, variables);
    if (reply.errors !== undefined) throw new Error(`${this.name} asked and was told: ${JSON.stringify(reply.errors)}\n${query}`);
    return reply.data;
  }

  /** Does an act and expects it done: `good` is what to read, `Campaign { id }`. */
  async does(name: string, input: object, good: string): Promise<Reply['data']> {
    const result = (await this.ask(document(name, good), { input: { requestKey: randomUUID(), ...input } }))[name];
    const wanted = /^\w+/.exec(good)?.[0];
    if (result.__typename !== wanted) throw new Error(`${this.name} did ${name} and was refused: ${JSON.stringify(result)}`);
    return result;
  }

  /** Tries an act that must fail; gives the refusal's or the error's code and message. */
  async isRefused(name: string, input: object, good: string, refused: string): Promise<{ code: string; message: string }> {
    const reply = await this.send(document(name, good, refused), { input: { requestKey: randomUUID(), ...input } });
    const refusal = reply.errors === undefined ? reply.data[name] : { code: reply.errors[0]?.extensions.code, message: reply.errors[0]?.message };
    if (refusal.code === undefined) throw new Error(`${this.name} did ${name}, which must fail: ${JSON.stringify(refusal)}`);
    return { code: refusal.code, message: refusal.message };
  }
}

function document(name: string, good: string, refused?: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const no = refused === undefined ? '' : `... on ${refused} { code message }`;
  return `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on ${good} ${no} } }`;
}
