// A long list sifted by words: what has none of them is hidden, groups with a hit open. Without scripts it stays grouped.
export const choosing = () => ({
  sift(event) {
    const words = event.target.value.split(/\s+/).filter(Boolean);
    for (const group of this.$root.querySelectorAll("details")) {
      let hits = 0;
      for (const line of group.querySelectorAll("label")) {
        line.hidden = !words.every((word) => line.textContent.includes(word));
        if (!line.hidden) hits += 1;
      }
      group.hidden = hits === 0;
      group.open = words.length ? hits > 0 : group.dataset.open === "1";
    }
  },
});
