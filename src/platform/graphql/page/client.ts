/**
 * What runs in the browser. Nothing is kept there: tabs, tokens and answers live in memory, so that a shared computer
 * remembers nobody.
 */
export const START_SCRIPT = `'use strict';
(function () {
  var kept = new Map();
  var storage = {
    get length() { return kept.size; },
    key: function (n) { return Array.from(kept.keys())[n] === undefined ? null : Array.from(kept.keys())[n]; },
    getItem: function (name) { return kept.has(name) ? kept.get(name) : null; },
    setItem: function (name, value) { kept.set(name, String(value)); },
    removeItem: function (name) { kept.delete(name); },
    clear: function () { kept.clear(); }
  };
  var examples = JSON.parse(document.getElementById('examples').textContent);
  var status = document.getElementById('status');
  var authorization;

  function remember(data) {
    var given = data && (data.signIn || data.refresh);
    if (!given || typeof given.accessToken !== 'string') return;
    authorization = 'Bearer ' + given.accessToken;
    status.textContent = 'បានចូលប្រើ · Signed in';
  }

  function fetcher(request, options) {
    var headers = Object.assign({ 'content-type': 'application/json', accept: 'application/json' }, options && options.headers);
    var names = Object.keys(headers).map(function (name) { return name.toLowerCase(); });
    if (authorization && names.indexOf('authorization') < 0) headers.authorization = authorization;
    return fetch('/graphql', { method: 'POST', headers: headers, body: JSON.stringify(request), credentials: 'omit' })
      .then(function (response) { return response.json(); })
      .then(function (answer) { remember(answer.data); save(answer.data, headers.authorization); return answer; });
  }

  // A link to a document works with the same sign-in alone: the page fetches it and hands it over as a file.
  function save(data, as) {
    var opened = data && data.openDocument;
    if (!opened || typeof opened.path !== 'string') return;
    fetch(opened.path, { headers: { authorization: as }, credentials: 'omit' }).then(function (response) { return response.blob(); }).then(function (blob) {
      var anchor = document.createElement('a');
      anchor.href = URL.createObjectURL(blob);
      anchor.download = 'document.' + blob.type.split('/').pop();
      anchor.click();
      setTimeout(function () { URL.revokeObjectURL(anchor.href); }, 60000);
    });
  }

  // Sent again under the same key it is the same document: a bad network makes no second one.
  var chosen = document.getElementById('document');
  var sent = document.getElementById('sent');
  function send(file, key, tries) {
    sent.textContent = '…';
    return fetch('/documents', { method: 'POST', headers: Object.assign({ 'request-key': key }, authorization && { authorization: authorization }), body: file, credentials: 'omit' })
      .then(function (response) { return response.json(); })
      .then(function (answer) { sent.textContent = answer.document ? answer.document.id : (answer.refused || answer.errors[0]).message; })
      .catch(function () {
        if (tries > 1) return send(file, key, tries - 1);
        sent.textContent = 'ផ្ញើមិនបាន · Not sent';
      });
  }
  chosen.addEventListener('change', function () {
    var file = chosen.files[0];
    chosen.value = '';
    if (file) send(file, Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) { return (byte + 256).toString(16).slice(1); }).join(''), 3);
  });

  var tabs = examples.map(function (example) {
    return { query: '# ' + example.title + '\\n' + example.document, variables: example.variables ? JSON.stringify(example.variables, null, 2) : null, headers: '' };
  });
  // A one-time link leads here with its token behind the "#", which no server and no log ever sees.
  var link = /^#(invitation|reset)=([\\w-]+)$/.exec(location.hash);
  if (link) {
    var act = link[1] === 'invitation' ? 'acceptInvitation' : 'resetPassword';
    tabs.unshift({
      query: '# Choose a password under Variables, then run this once\\nmutation SetPassword($input: LinkPasswordInput!) {\\n  ' + act + '(input: $input) {\\n    __typename\\n    ... on StaffRefused { code message }\\n  }\\n}',
      variables: JSON.stringify({ input: { token: link[2], password: '' } }, null, 2),
      headers: ''
    });
    history.replaceState(null, '', location.pathname);
  }
  ReactDOM.createRoot(document.getElementById('graphiql')).render(React.createElement(GraphiQL, {
    fetcher: fetcher,
    storage: storage,
    defaultTabs: tabs,
    variables: tabs.length > 0 && tabs[0].variables ? tabs[0].variables : '',
    defaultEditorToolsVisibility: 'variables',
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    forcedTheme: 'light'
  }));
})();
`;

export const STYLE = `
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; font-family: system-ui, "Noto Sans Khmer", "Khmer OS", sans-serif; }
#hint { padding: 8px 16px; background: #f2f5fa; border-bottom: 1px solid #d5dce8; font-size: 14px; line-height: 1.6; color: #1d2733; display: flex; gap: 4px 24px; align-items: baseline; flex-wrap: wrap; }
#hint p { margin: 0; flex: 1 1 300px; }
#hint code { background: #e2e8f2; padding: 1px 4px; border-radius: 3px; }
#hint label { border: 1px solid #9fb0c8; border-radius: 4px; padding: 2px 10px; cursor: pointer; white-space: nowrap; }
#hint label:focus-within { outline: 2px solid #2b5fb3; }
#hint label input { position: absolute; width: 1px; opacity: 0; }
#sent:not(:empty) { flex: 1 1 100%; font-weight: 600; }
#status { color: #14622f; font-weight: 600; white-space: nowrap; }
#graphiql { flex: 1; min-height: 0; }
.graphiql-container { height: 100%; }
`;
