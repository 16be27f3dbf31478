import { defineExample } from '../platform/graphql/page/examples.js';

defineExample(
  'Sign in',
  `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    ... on SignedIn { accessToken refreshToken }
    ... on StaffRefused { code message }
  }
}`,
  { input: { login: '', password: '' } },
);

defineExample(
  'Who am I?',
  `query Me {
  me { login nameKm nameLatin postings { role } }
}`,
);
