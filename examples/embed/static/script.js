// SPDX-License-Identifier: Apache-2.0

// Makes the pages a little quicker to use. They work without it.
'use strict';

// What the server found at fault is mended once it can make a preview.
const mended = () => {
  for (const e of document.querySelectorAll('main > .faults, .question > .fault')) e.remove();
  for (const e of document.querySelectorAll('[aria-invalid]')) e.removeAttribute('aria-invalid');
};

// A form with data-preview is sent there while it is filled in, and the answer
// put beside it. Nothing is stored by that.
for (const form of document.querySelectorAll('form[data-preview]')) {
  const place = document.getElementById(form.dataset.into);
  const body = place.querySelector('[data-body]');
  const status = place.querySelector('[data-status]');
  let timer = 0;
  let last = null;
  const show = async () => {
    last?.abort();
    last = new AbortController();
    try {
      const reply = await fetch(form.dataset.preview, {
        method: 'POST', body: new URLSearchParams(new FormData(form)), signal: last.signal, credentials: 'same-origin', cache: 'no-store',
      });
      if (!reply.ok) throw new Error('refused');
      const open = [...body.querySelectorAll('details')].map((d) => d.open);
      body.innerHTML = await reply.text();
      body.querySelectorAll('details').forEach((d, i) => { d.open = open[i] ?? false; });
      status.textContent = 'The preview is up to date.';
      if (body.querySelector('.preview')) mended();
      place.dataset.shown = String(Number(place.dataset.shown ?? 0) + 1);
    } catch (err) {
      if (err.name !== 'AbortError') status.textContent = 'The preview could not be made.';
    }
  };
  form.addEventListener('input', (e) => {
    if (e.target.name === 'read') return;
    clearTimeout(timer);
    status.textContent = '';
    timer = setTimeout(show, 500);
  });
}

// Words of the vocabulary are put at the end of the line that was edited last.
for (const list of document.querySelectorAll('details.words')) {
  const area = document.getElementById(list.dataset.for);
  for (const item of list.querySelectorAll('li[data-word]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...item.childNodes);
    item.append(button);
    button.addEventListener('click', () => {
      const at = area.selectionStart;
      const stop = area.value.indexOf('\n', at);
      const end = stop < 0 ? area.value.length : stop;
      area.setRangeText(` ${item.dataset.word}`, end, end, 'end');
      area.focus();
      area.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
}

// A change lights up on both sides and in the list beneath.
const light = (e) => {
  const change = e.target.closest?.('[data-change]')?.dataset.change;
  for (const m of document.querySelectorAll('mark[data-change]')) m.classList.toggle('lit', m.dataset.change === change);
};
document.addEventListener('mouseover', light);
document.addEventListener('focusin', light);
