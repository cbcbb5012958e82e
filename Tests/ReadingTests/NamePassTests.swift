import BulletinModel
import Testing

@testable import Reading

@Suite struct NamePassTests {
    /// The names of each figure, several joined by a stroke.
    private func read(_ text: String) -> [String] {
        let scalars = Scalars.of(text)
        let passage = Passage(scalars: scalars, origin: Array(scalars.indices))
        guard let lexicon = try? Lexicon.words() else { return [] }
        let tokens = Tokens(passage, lexicon)
        let mentions = KindPass.read(QuantityPass.read(tokens), in: tokens)
        let times = CalendarReader(scalars, lexicon.calendar).tokens().filter(\.placesInTime).map(\.range)
        var scope = SubjectScope(NameWords())
        return NamePass.read(mentions, in: passage, times: times, tokens: tokens, scope: &scope)
            .map { $0.names.joined(separator: "/") }
    }

    @Test(
        "a name is what the figure measures, without links, marks and what only places it",
        arguments: [
            ("全市实现生产总值（GDP）[3]812.6亿元", "生产总值"), ("中欧班列累计开行510列", "中欧班列开行"),
            ("城镇累计新增就业3.6万人", "城镇新增就业"), ("重点项目完成投资96亿元", "重点项目投资"),
            ("企业共建实验室12个", "企业共建实验室"), ("在校研究生2.4万人", "在校研究生"), ("在川就读学生3万人", "在川就读学生"),
            ("外贸总值接连突破300亿元", "外贸总值"), ("一是经济增长6%", "经济增长"), ("赤字32亿元", "赤字"),
            ("工业总产值跨上新的台阶、达到950亿元", "工业总产值"), ("以旧换新带动家电零售额增长18%", "家电零售额"),
        ])
    func front(text: String, expected: String) {
        #expect(read(text) == [expected])
    }

    @Test(
        "the noun behind a count names it, with the verb and what becomes of it",
        arguments: [
            ("扶持23个县（市、区）发展果业", "扶持县"), ("吸引600名选手参赛", "吸引参赛选手"), ("建成食堂85个并投入运营", "建成食堂"),
            ("21个地级以上市实现全覆盖", "地级以上市"), ("有86%的农户用上自来水", "农户用上自来水"),
            ("进出口总值2.1万亿元人民币", "进出口总值"),
        ])
    func behind(text: String, expected: String) {
        #expect(read(text) == [expected])
    }

    @Test("the shares of a plan, rates that move and bare aspects are of their parent")
    func parents() {
        #expect(read("公路投资40亿元，完成年度计划的104%") == ["公路投资", "公路投资"])
        #expect(read("税收收入9亿元，为预算的98%，增长3%") == ["税收收入", "税收收入", "税收收入"])
        #expect(read("工业用电量增长6%，增速比上年提高2个百分点") == ["工业用电量", "工业用电量增速"])
        #expect(read("新登记企业2万户，总量达到15万户") == ["新登记企业", "企业"])
        #expect(read("经营主体持续壮大。总量达到15万户") == ["经营主体"])
        #expect(read("生产总值700亿元，总量和增速均居全省第三位") == ["生产总值", "生产总值总量/生产总值增速"])
        #expect(read("赤字率按3%左右安排、比上年提高0.2个百分点") == ["赤字率", "赤字率"])
    }

    @Test("marks that a figure passes, totals and other currencies go on with what is measured")
    func goingOn() {
        #expect(read("生产总值突破800亿元大关，达到812亿元") == ["生产总值", "生产总值"])
        #expect(read("新增充电桩60座，累计达到900座") == ["新增充电桩", "充电桩"])
        #expect(read("利用外资9亿美元、折合65亿元人民币") == ["利用外资", "利用外资"])
        #expect(read("人均产值4万元，按当年汇率计算为5700美元") == ["人均产值", "人均产值"])
        #expect(read("造林80万亩，是“十一五”的1.6倍") == ["造林", "造林"])
        #expect(read("用水总量由“十一五”末的9亿立方米降到8亿立方米") == ["用水总量", "用水总量"])
        #expect(read("钢材出口增长12%，高出全国增速3个百分点") == ["钢材出口", "钢材出口增速"])
        #expect(read("城乡低保标准分别达到每月600元、每年5000元") == ["城市低保标准", "农村低保标准"])
        #expect(read("辖9镇6乡2个街道办事处") == ["镇", "乡", "街道办事处"])
        #expect(read("4个社区入选全国示范社区") == ["入选全国示范社区"])
        #expect(read("7个产品入选省级名录") == ["入选省级名录产品"])
    }

    @Test(
        "for whom, through whom and from where something is done does not name it",
        arguments: [
            ("为小微企业和个体户减税降费80亿元", "减税降费"), ("移交给社会组织和企业的职能60项", "移交职能"),
            ("提请市人大常委会审议地方性法规9件", "提请审议地方性法规"), ("加上上级补助收入30亿元", "上级补助收入"),
            ("办理各类诉求12万件", "办理诉求"), ("建设以物流为重点的园区8个", "建设园区"),
            ("规上企业（年收入2000万元以上的企业，不含电力）实现利润8亿元", "规上企业利润"), ("土地出让金相当于税收的70%", "土地出让金"),
        ])
    func asides(text: String, expected: String) {
        #expect(read(text) == [expected])
    }

    @Test(
        "what becomes of those counted, how large and how often, is told with them",
        arguments: [
            ("打造30个规模大、带动力强的产业园", "打造产业园"), ("18种药品大幅降价并纳入医保目录", "纳入医保目录药品"),
            ("26个事项全部上线运行", "上线运行事项"), ("9个县通过优质均衡评估认定", "通过优质均衡评估认定县"),
            ("12所学校改造提升", "改造提升学校"), ("特产远销37个国家和地区", "远销国家和地区"), ("先后3次下调贷款利率", "下调贷款利率"),
            ("86家企业营业收入超百亿元", "营业收入超百亿元企业"), ("加密12条航线", "加密航线"), ("产品出口同比大增37%", "产品出口"),
        ])
    func fates(text: String, expected: String) {
        #expect(read(text) == [expected])
    }

    @Test("what stands around a figure's own words completes them")
    func completing() {
        #expect(read("存、贷款余额双双突破5万亿元") == ["存款余额/贷款余额"])
        #expect(read("学前毛入园率、高中毛入学率分别提升至95%左右、93%以上") == ["学前毛入园率", "高中毛入学率"])
        #expect(read("经济运行平稳；百亿产业、省级集群从无到有，分别达4个、2个") == ["百亿产业", "省级集群"])
        #expect(read("苹果综合产值增长8%、出口增长30%") == ["苹果综合产值", "苹果综合出口"])
        #expect(read("改造小区80个，惠及9万户") == ["改造小区", "改造小区惠及"])
        #expect(read("邮轮港接待邮轮80艘次、旅客20万人次") == ["邮轮港接待邮轮", "邮轮港接待旅客"])
        #expect(read("35个小区完成用电改造") == ["用电改造小区"])
        #expect(read("每年70%左右财政支出用于民生") == ["用于民生财政支出"])
        #expect(read("创新指数达60%、提升幅度居全国第2") == ["创新指数", "创新指数提升幅度"])
        #expect(read("财政收入攀升到2亿元的高度") == ["财政收入"])
    }

    @Test("those for whom something is done are counted apart from what is done")
    func recipients() {
        #expect(read("为80名学生发放资助金3万元") == ["学生", "发放资助金"])
        #expect(read("为5万名农民工追回欠薪6亿元") == ["农民工", "追回欠薪"])
        #expect(read("带动农户6万户产业化经营") == ["带动农户"])
        #expect(read("有效应对12轮强降雨") == ["应对强降雨"])
        #expect(read("所有乡镇和98%的行政村建成服务站") == ["行政村"])
        #expect(read("债务（转贷）收入8亿元") == ["债务转贷收入"])
        #expect(read("2家单位获质量奖") == ["获质量奖单位"])
    }

    @Test("who is reached, what becomes of those counted, and what a part is used for")
    func reached() {
        #expect(read("日间照料中心惠及9万老人") == ["日间照料中心惠及老人"])
        #expect(read("共济改革惠及9万名亲属、共济金额2亿元") == ["共济改革惠及亲属", "共济金额"])
        #expect(read("8个县被认定为教育均衡发展县") == ["教育均衡发展县"])
        #expect(read("20个县开展医共体建设") == ["开展医共体建设县"])
        #expect(read("自贸区推出15项首创举措") == ["推出首创举措"])
        #expect(read("建成4个国家级、6个省级医疗中心") == ["建成国家级医疗中心", "省级医疗中心"])
        #expect(read("财政支出近八成投向民生") == ["投向民生财政支出"])
        #expect(read("诈骗案件受理数、破案数分别下降4%、6%") == ["诈骗案件受理数", "诈骗案件破案数"])
        #expect(read("企业户数和资金规模连续4年居全国首位") == ["企业户数/资金规模"])
        #expect(read("每千人口托位数达4.8个") == ["每千人口托位数"])
    }

    @Test("a firm or a plan in an earlier clause is what a bare measure is of")
    func owners() {
        #expect(read("受天气影响，使云岭公司销量下滑，产值下降12%") == ["云岭公司产值"])
        #expect(
            read("8种矿石产量为90万吨，与“十一五”期间年均增幅6%相比明显回落。其中，铜矿50万吨、铁矿40万吨")
                == ["8种矿石产量", "8种矿石产量", "铜矿产量", "铁矿产量"])
        #expect(read("城乡居民收入比由2.4∶1缩小至2.2:1") == ["城乡居民收入比", "城乡居民收入比"])
    }

    @Test("a measure alone is of what the clause before says how it fares, not of an earlier list")
    func faring() {
        let list = "茶叶、蚕茧产量分别增长3%和5%。"
        #expect(read(list + "第二产业增势良好，增加值达到80亿元").last == "第二产业增加值")
        #expect(read(list + "第二产业增势良好,增加值达到80亿元").last == "第二产业增加值")
    }

    @Test("a measure alone in front of a comma is what the figures behind it are of")
    func topics() {
        #expect(read("人均国民收入，1990年达到1120元") == ["人均国民收入"])
        #expect(read("1990年人均居住面积，城市达到6平方米，农村达到18平方米") == ["城市人均居住面积", "农村人均居住面积"])
        #expect(read("去年的财政收入，终于完成了任务，比上年增加8亿元") == ["财政收入"])
        #expect(read("预算外资金增长很快，1988年达到220亿元，比1979年的45亿元增长4倍") == ["预算外资金", "预算外资金", "预算外资金"])
        #expect(read("财政收入增长26%，高于年初人代会12%的目标14个百分点") == ["财政收入", "财政收入", "财政收入"])
        #expect(read("人口控制在63万人，其中市区人口20万人") == ["人口", "市区人口"])
    }

    @Test("a second measure is of the thing of the first")
    func secondMeasures() {
        #expect(read("家禽存栏和出栏均增长13%") == ["家禽存栏/家禽出栏"])
        #expect(read("早稻总产量19万吨，亩产399公斤") == ["早稻总产量", "早稻亩产"])
        #expect(read("民营经济快速发展，销售收入、增加值分别增长30%、29%") == ["民营经济销售收入", "民营经济增加值"])
        #expect(read("在16个产粮省建立粮源基地61万亩") == ["产粮省", "建立粮源基地"])
        #expect(read("解决了24万人的饮水困难问题") == ["解决饮水困难"])
    }

    @Test("what a note tells is not what goes on behind it; circumstances name nothing")
    func notes() {
        #expect(
            read("财政总收入51亿元（包括债务收入6亿元），完成预算的113%，增长23%") == ["财政总收入", "债务收入", "财政总收入", "财政总收入"])
        #expect(read("棉花在连续增产的基础上，又比上年增加63万吨，增长21%") == ["棉花", "棉花"])
        #expect(read("粮食在面积减少的情况下，总产量达到35万吨") == ["粮食总产量"])
    }

    @Test("figures of a list are all that 均 or 分别 goes on with")
    func listsGoOn() {
        #expect(read("财政收入和支出分别为9亿元和8亿元，均比上年增长15%") == ["财政收入", "财政支出", "财政收入/财政支出"])
        #expect(
            read("个体工商户和私营企业达4000户，从业人员6400人，分别比上年增长28%和27%").suffix(2) == [
                "个体工商户和私营企业", "个体工商户和私营企业从业人员",
            ])
        #expect(read("新建楼房5万平方米，续建7万平方米") == ["新建楼房", "续建楼房"])
        #expect(read("有2户企业升为省级先进企业") == ["升为省级先进企业"])
        #expect(read("坚持把农业放在经济工作的首位").isEmpty)
    }

    @Test("the number of an outline names nothing; a time may stand inside a name")
    func outlines() {
        #expect(read("三、新开工经济适用住房50万平方米，竣工40万平方米") == ["新开工经济适用住房", "竣工经济适用住房"])
        #expect(read("基础设施建设四年累计投入976亿元") == ["基础设施建设投入"])
        #expect(read("市属工业实现利税1亿元，增长13%，利润0.6亿元") == ["市属工业利税", "市属工业利税", "市属工业利润"])
    }

    @Test("what passed a mark or doubled is what the next clause tells of")
    func passedMarks() {
        #expect(read("税收收入总额连续跨越两个台阶，从19亿元增至48亿元") == ["税收收入总额", "税收收入总额"])
        #expect(read("财政收入实现翻倍增长，从8亿元增至20亿元") == ["财政收入", "财政收入"])
        #expect(read("实际利用外资五年累计5亿美元") == ["实际利用外资"])
        #expect(read("粮食生产实现了良种化，完成总产50万吨") == ["粮食总产"])
        #expect(read("拉动全区经济增长2个百分点") == ["经济增长"])
    }

    @Test("a part is named without its whole, a measure of works with them")
    func partsOfWholes() {
        #expect(read("粮食在农业总产值中的比重由56%下降到37%") == ["粮食", "粮食"])
        #expect(read("建成水库445座，库容3.4亿立方米") == ["建成水库", "水库库容"])
    }

    @Test("the members of a list have their own names, with the noun that they share")
    func lists() {
        #expect(read("粮食、油料产量分别为42万吨、3万吨") == ["粮食产量", "油料产量"])
        #expect(read("水利、能源领域投资额分别达45亿元、70亿元") == ["水利领域投资额", "能源领域投资额"])
        #expect(read("对东盟、欧盟进出口分别为80亿元、65亿元") == ["对东盟进出口", "对欧盟进出口"])
        #expect(read("空巢率、入园率分别达12%和93%") == ["空巢率", "入园率"])
        #expect(read("存贷款余额分别为900亿元和640亿元") == ["存款余额", "贷款余额"])
        #expect(read("刑事、治安案件分别下降4%、6%") == ["刑事案件", "治安案件"])
        #expect(read("汽车、电池等绿色产品出口分别增长8%、9%") == ["汽车绿色产品出口", "电池绿色产品出口"])
        #expect(read("综试区、示范园均增至7个") == ["综试区/示范园"])
    }

    @Test("coordinated things share the verb of the first")
    func verbs() {
        #expect(read("建成养老院12所、日间照料中心30所") == ["建成养老院", "建成日间照料中心"])
        #expect(read("新建2个社区公园、5个口袋公园") == ["新建社区公园", "新建口袋公园"])
        #expect(read("办好12类36件民生实事") == ["民生实事", "民生实事"])
    }

    @Test("a class of a statistical list takes the measure of its head")
    func classes() {
        #expect(read("国有企业增加值增长4%，股份制企业增长6%") == ["国有企业增加值", "股份制企业增加值"])
        #expect(read("单位商品零售额中，粮油类增长7%，饮料类增长3%") == ["粮油类零售额", "饮料类零售额"])
    }

    @Test("the total that follows what was added is of all of them")
    func totals() {
        #expect(read("全年净增规上企业12家，达到96家") == ["净增规上企业", "规上企业"])
        #expect(read("新增省级工厂6家，增至31家") == ["新增省级工厂", "省级工厂"])
        #expect(read("新增贷款60亿元，新增存款80亿元") == ["新增贷款", "新增存款"])
    }

    @Test("what became of places that are counted stands in front of their name")
    func outcomes() {
        #expect(read("9个贫困县全部摘帽，1206个贫困村如期出列") == ["摘帽贫困县", "出列贫困村"])
    }

    @Test("a plan's name and the word behind it only say when")
    func planned() {
        #expect(read("“十三五”时期减少贫困人口46万人") == ["减少贫困人口"])
    }

    @Test("which honours they were does not name how many")
    func honours() {
        #expect(read("荣获文明城市、森林城市等国家级以上荣誉42项") == ["国家级以上荣誉"])
        #expect(read("培育智能工厂、绿色工厂等企业42家") == ["培育智能工厂、绿色工厂等企业"])
    }

    @Test("two multiples are each of the figure in their place")
    func multiples() {
        #expect(
            read("财政收入31亿元，财政支出240亿元，是2015年的1.3倍和1.5倍") == ["财政收入", "财政支出", "财政收入", "财政支出"])
    }

    @Test("a list that gives each its own figure looks for names in its own sentence")
    func ownSentence() {
        let text = "9户16名困难群众得到救助。通过了评估，群众认可度分别达到99.5%、99.6%"
        #expect(read(text).suffix(2) == ["群众认可度", "群众认可度"])
    }

    @Test("a heading in the same line is no part of a name, nor is what money helps with")
    func lines() {
        #expect(read("（一）公共预算收支情况 全区公共预算收入33亿元") == ["公共预算收入"])
        #expect(read("使用周转金8亿元帮助65家企业渡过难关").first == "使用周转金")
    }
}
