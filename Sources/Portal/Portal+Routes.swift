import BulletinModel

extension Portal {
    /// The answer for a path.
    func route(_ request: PortalRequest, _ context: PageContext) throws -> PortalAnswer {
        let path = request.path
        switch path.first {
        case nil: return try context.homePage()
        case "search" where path.count == 1: return try context.searchPage()
        case "indicators" where path.count == 2: return try context.indicatorPage(try identifier(path[1]))
        case "indicators" where path.count == 3 && path[2] == "proof": return try context.proof(try identifier(path[1]))
        case "documents" where path.count == 1: return try context.documentsPage()
        case "documents" where path.count == 2: return try context.documentPage(BulletinID(rawValue: path[1]))
        case "documents" where path.count == 3 && path[2] == "original":
            return try context.original(BulletinID(rawValue: path[1]))
        case "measures" where path.count == 1: return try context.measuresPage()
        case "series" where path.count == 1: return try context.seriesPage()
        case "series" where path == ["series", "chart.svg"]: return try context.seriesPicture()
        case "regions" where path.count == 1: return try context.regionPage("100000")
        case "regions" where path.count == 2: return try context.regionPage(path[1])
        case "panel" where path.count == 1: return try context.panelPage()
        case "publishers" where path.count == 1: return try context.publishersPage()
        case "dead-letters" where path.count == 1: return try context.deadLettersPage()
        case "audit" where path.count == 1: return context.auditPage()
        case "operations" where path.count == 1: return try context.operationsPage()
        case "guide" where path.count == 1: return context.guidePage()
        case "guide" where path.count == 2: return try context.guidePage(path[1])
        case "api" where path.count == 1: return context.apiPage()
        case "api": return try context.api(Array(path.dropFirst()))
        case "feed.atom" where path.count == 1: return try context.feed()
        case "sdmx": return try context.sdmx(Array(path.dropFirst()))
        case "style.css" where path.count == 1: return asset("text/css; charset=utf-8", PortalStyle.sheet)
        case "document.css" where path.count == 1: return asset("text/css; charset=utf-8", DocumentStyle.sheet)
        case "icon.svg" where path.count == 1: return asset("image/svg+xml", PortalStyle.icon)
        case "robots.txt" where path.count == 1:
            return asset("text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n")
        case "livez" where path.count == 1:
            return PortalAnswer(200, "application/json", Array("{\"live\":true}\n".utf8))
        case "readyz" where path.count == 1: return try ready()
        default: throw Problem(404, "There is no page \(request.rawPath).")
        }
    }

    private func identifier(_ text: String) throws -> IndicatorID {
        guard text.utf8.count == 32, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else {
            throw Problem(404, "There is no indicator of this identifier.")
        }
        return IndicatorID(rawValue: text)
    }

    private func asset(_ type: String, _ text: StaticString) -> PortalAnswer {
        var answer = PortalAnswer(200, type, text.withUTF8Buffer { Array($0) })
        answer.maximumAge = 300
        return answer
    }

    /// Whether the database answers.
    private func ready() throws -> PortalAnswer {
        _ = try contents.store.revision()
        return PortalAnswer(200, "application/json", Array("{\"ready\":true}\n".utf8))
    }
}
