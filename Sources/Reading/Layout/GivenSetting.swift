import BulletinModel

extension Article.Setting {
    /// Takes what the user said of the bulletin, before what it says itself.
    mutating func take(_ given: GivenData, _ lexicon: Lexicon) {
        if let title = given.title {
            self.title = title
            origins.title = .given
            year = DocumentSetting.reportedYear(title, lexicon) ?? year
        }
        if let publisher = given.publisher {
            self.publisher = publisher
            origins.publisher = .given
        }
        if let published = given.published {
            self.published = published
            origins.published = .given
        }
        url = given.url ?? url
        region = given.region ?? region
    }
}
