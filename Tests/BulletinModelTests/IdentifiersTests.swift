import BulletinModel
import Testing

@Suite struct IdentifiersTests {
    @Test("a bulletin's identifier is what sha256sum prints")
    func bulletin() {
        let bulletin = Bulletin(bytes: Array("abc".utf8), source: "a.txt")
        #expect(bulletin.id.rawValue == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("the source's name does not change the identifier")
    func source() {
        #expect(Bulletin(bytes: [1, 2], source: "a").id == Bulletin(bytes: [1, 2], source: "b").id)
    }

    @Test("span and repetition tell articles and indicators apart")
    func derived() {
        let bulletin = Bulletin(bytes: [1], source: "a").id
        let article = ArticleID(bulletin: bulletin, start: 0, end: 9)
        #expect(article != ArticleID(bulletin: bulletin, start: 0, end: 10))
        let first = IndicatorID(article: article, start: 2, end: 5, repetition: 0)
        #expect(first != IndicatorID(article: article, start: 2, end: 5, repetition: 1))
        #expect(first == IndicatorID(article: article, start: 2, end: 5, repetition: 0))
        #expect(first.rawValue.utf8.count == 32)
    }
}
