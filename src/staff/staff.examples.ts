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
  'Set up one-time codes',
  `mutation Start($input: StartSecondFactorInput!) {
  startSecondFactor(input: $input) {
    ... on SecondFactorStarted { secret uri }
    ... on StaffRefused { code message }
  }
}

mutation Confirm($code: ConfirmSecondFactorInput!) {
  confirmSecondFactor(input: $code) {
    ... on SecondFactorSet { recoveryCodes }
    ... on StaffRefused { code message }
  }
}`,
  { input: { requestKey: 'codes-1', password: '' }, code: { requestKey: 'codes-2', code: '' } },
);

defineExample(
  'Who am I?',
  `query Me {
  me { login nameKm nameLatin postings { role } }
}`,
);
