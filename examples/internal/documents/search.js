// SPDX-License-Identifier: Apache-2.0

// Searches the guides of an edition within the page, without a server. The guides
// stand before this text, as `guides`: id, and sections with id, title and text.
const plain = (s) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const form = document.querySelector('form.find');
if (form) {
  form.hidden = false;
  form.addEventListener('submit', (e) => e.preventDefault());
  const said = form.querySelector('[data-found]');
  const sections = guides.map((g) => g.sections.map((s) => ({ ...s, plain: plain(s.title + ' ' + s.text) })));
  form.querySelector('input').addEventListener('input', (e) => {
    const words = plain(e.target.value).split(/\s+/).filter(Boolean);
    let found = 0;
    guides.forEach((g, i) => {
      const card = document.getElementById(g.id);
      card.querySelector('ul.hits')?.remove();
      const title = plain(card.querySelector('h3').textContent);
      const hits = words.length ? sections[i].filter((s) => words.every((w) => s.plain.includes(w))) : [];
      const whole = words.every((w) => title.includes(w) || sections[i].some((s) => s.plain.includes(w)));
      card.hidden = words.length > 0 && !whole;
      if (!card.hidden) found++;
      if (!hits.length) return;
      const list = document.createElement('ul');
      list.className = 'hits';
      for (const s of hits.slice(0, 3)) {
        const item = document.createElement('li');
        const link = document.createElement('a');
        link.href = `guides/${g.id}.html#${s.id}`;
        link.textContent = s.title;
        item.append(link);
        list.append(item);
      }
      card.append(list);
    });
    said.textContent = words.length ? said.dataset.found.replace(/987.?654.?321/, found) : '';
  });
}
