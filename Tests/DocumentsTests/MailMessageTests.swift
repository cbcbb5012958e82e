import Documents
import Foundation
import Reading
import Testing

@Suite struct MailMessageTests {
    private func bytes(_ lines: [String]) -> [UInt8] { Array(lines.joined(separator: "\r\n").utf8) }

    @Test func aPlainMessageIsItsTextWithTheSubjectAsTitle() throws {
        let subject = Data("全市月度快报".utf8).base64EncodedString()
        let message = bytes([
            "From: a@example.org", "To: b@example.org", "Subject: =?utf-8?B?\(subject)?=",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64", "", Data("5月产值3亿元。\n增长4%。".utf8).base64EncodedString(), "",
        ])
        let text = try PackageMaker.text(message)
        #expect(text.contains("<title>全市月度快报</title>"))
        #expect(text.contains("<p>5月产值3亿元。</p>\n<p>增长4%。</p>"))
    }

    @Test func ofTwoFormsThePageIsRead() throws {
        let message = bytes([
            "Subject: x", "MIME-Version: 1.0", "Content-Type: multipart/alternative; boundary=\"b\"", "", "--b",
            "Content-Type: text/plain", "", "plain",
            "--b", "Content-Type: text/html; charset=gb2312", "Content-Transfer-Encoding: quoted-printable", "",
            "<p>=B2=FA=D6=B5=\r\n5%</p>", "--b--", "",
        ])
        #expect(try PackageMaker.text(message) == "<p>产值5%</p>")
    }

    @Test func attachmentsAreMembersWithTheirNames() throws {
        let message = bytes([
            "From: a@example.org", "Subject: x", "Content-Type: multipart/mixed; boundary=b", "", "--b",
            "Content-Type: text/plain", "", "附件", "--b",
            "Content-Type: application/octet-stream", "Content-Disposition: attachment; filename*=utf-8''%E8%A1%A8.md",
            "", "# 表", "--b--", "",
        ])
        let members = try DocumentConverter().members(of: message)
        #expect(members.map(\.name) == ["表.md"])
        #expect(members.first?.bytes == Array("# 表".utf8))
    }

    @Test func aMessageOfAttachmentsAloneHasNoTextAndNoFault() throws {
        let message = bytes([
            "From: a@example.org", "Subject: x", "Content-Type: multipart/mixed; boundary=b", "", "--b",
            "Content-Type: application/pdf; name=a.pdf", "", "%PDF-", "--b", "Content-Type: message/rfc822", "",
            "From: c@example.org\r\nSubject: y\r\n\r\n5亿元", "--b", "Content-Type: image/png; name=logo.png", "", "x",
            "--b--", "",
        ])
        #expect(try DocumentConverter().text(of: message).isContainer)
        #expect(try DocumentConverter().members(of: message).map(\.name) == ["a.pdf", "message.eml"])
    }

    @Test func whatASavedPageIsMadeOfIsNoAttachment() throws {
        let message = bytes([
            "From: a@example.org", "Subject: x", "Content-Type: multipart/related; boundary=b", "", "--b",
            "Content-Type: text/html", "", "<p>5</p>", "--b", "Content-Type: text/css; name=a.css", "", "p {}", "--b",
            "Content-Type: text/plain", "Content-Disposition: attachment; filename=t.txt", "", "6", "--b--", "",
        ])
        #expect(try DocumentConverter().members(of: message).map(\.name) == ["t.txt"])
    }

    @Test func moreDeeplyNestedPartsThanAreReadAreToldOf() {
        var lines = ["From: a@example.org", "Subject: x"]
        for depth in 0..<20 { lines += ["Content-Type: multipart/mixed; boundary=b\(depth)", "", "--b\(depth)"] }
        #expect { try DocumentConverter().members(of: bytes(lines + ["", "5"])) } throws: {
            ($0 as? DecodeError)?.code == "package_too_large"
        }
    }

    @Test(arguments: ["# 标题\n\n正文：5亿元", "名称: 甲\n数量: 5", "Date: 今天\n\n正文"]) func ordinaryTextIsNoMessage(_ text: String)
    {
        #expect(DocumentConverter().format(of: Array(text.utf8)) == nil)
    }
}
