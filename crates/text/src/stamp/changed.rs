//! Words before a date that say it is that of a change.

/// Words by which a date line says that it is of a change; lower case, beginnings of words.
const CHANGED: [&str; 30] = [
    "updat",
    "modif",
    "edited",
    "revised",
    "aktualisiert",
    "geändert",
    "bearbeitet",
    "stand:",
    "mis à jour",
    "mise à jour",
    "màj",
    "maj :",
    "actualiza",
    "atualiza",
    "aggiorna",
    "bijgewerkt",
    "gewijzigd",
    "uppdatera",
    "oppdater",
    "opdater",
    "päivitetty",
    "aktualiz",
    "обновлен",
    "оновлен",
    "güncelle",
    "تحديث",
    "עודכן",
    "更新",
    "수정",
    "cập nhật",
];

/// Whether the words that stand before a date in its line say that it is of a change, and not of the publication.
///
/// ```
/// use copydesk_text::says_changed;
/// assert!(says_changed("Last updated: ") && says_changed("Zuletzt aktualisiert am "));
/// assert!(!says_changed("First published on "));
/// ```
pub fn says_changed(before: &str) -> bool {
    let before = before.to_lowercase();
    CHANGED.iter().any(|word| before.contains(word))
}
